package io.psrpc.testing;

import io.psrpc.house.HouseContract;

class HouseTest implements HouseContract {}
