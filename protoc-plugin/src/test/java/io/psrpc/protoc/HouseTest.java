package io.psrpc.protoc;

import io.psrpc.house.HouseContract;

class HouseTest implements HouseContract {}
