package io.psrpc.internal.wire;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.psrpc.behaviours.Rows;

/**
 * Any bytes at all, judged by protobuf or the platform. An ordinary build runs the kept inputs ({@code
 * WireFuzzTestInputs}, one folder per method); {@code scripts/fuzz} searches for new ones, guided by coverage.
 */
@Rows("B20")
class WireFuzzTest {
    private static final String SEARCH_TIME = "2m";

    @FuzzTest(maxDuration = SEARCH_TIME)
    void envelope(byte[] bytes) {
        ProtobufOracle.checkEnvelope(bytes);
    }

    @FuzzTest(maxDuration = SEARCH_TIME)
    void request(byte[] bytes) {
        ProtobufOracle.checkRequest(bytes);
    }

    @FuzzTest(maxDuration = SEARCH_TIME)
    void response(byte[] bytes) {
        ProtobufOracle.checkResponse(bytes);
    }

    @FuzzTest(maxDuration = SEARCH_TIME)
    void bid(byte[] bytes) {
        ProtobufOracle.checkBid(bytes);
    }

    @FuzzTest(maxDuration = SEARCH_TIME)
    void grant(byte[] bytes) {
        ProtobufOracle.checkGrant(bytes);
    }

    @FuzzTest(maxDuration = SEARCH_TIME)
    void gzip(byte[] bytes) {
        GzipOracle.check(bytes);
    }
}
