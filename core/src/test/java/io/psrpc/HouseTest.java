package io.psrpc;

import io.psrpc.house.HouseContract;

class HouseTest implements HouseContract {}
