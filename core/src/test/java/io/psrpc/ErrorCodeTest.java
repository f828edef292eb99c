package io.psrpc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ErrorCodeTest {
    @ParameterizedTest
    @CsvSource({
        "CANCELED, canceled, 503, 1",
        "MALFORMED_REQUEST, malformed_request, 400, 3",
        "MALFORMED_RESULT, malformed_result, 500, 13",
        "DEADLINE_EXCEEDED, deadline_exceeded, 503, 4",
        "UNAVAILABLE, unavailable, 503, 14",
        "UNKNOWN, unknown, 500, 2",
        "INVALID_ARGUMENT, invalid_argument, 400, 3",
        "NOT_FOUND, not_found, 404, 5",
        "NOT_ACCEPTABLE, not_acceptable, 406, 2",
        "ALREADY_EXISTS, already_exists, 409, 6",
        "PERMISSION_DENIED, permission_denied, 403, 7",
        "RESOURCE_EXHAUSTED, resource_exhausted, 429, 8",
        "FAILED_PRECONDITION, failed_precondition, 412, 9",
        "ABORTED, aborted, 409, 10",
        "OUT_OF_RANGE, out_of_range, 416, 11",
        "UNIMPLEMENTED, unimplemented, 501, 12",
        "INTERNAL, internal, 500, 13",
        "DATA_LOSS, data_loss, 500, 15",
        "UNAUTHENTICATED, unauthenticated, 401, 16",
        "UNPROCESSABLE_ENTITY, unprocessable_entity, 422, 2",
        "UPSTREAM_SERVER_ERROR, upstream_server_error, 502, 13",
        "UPSTREAM_CLIENT_ERROR, upstream_client_error, 424, 3",
    })
    void hasTheStringAndTheStatusesOfTheProtocol(ErrorCode code, String wire, int http, int grpc) {
        assertThat(code.wire()).isEqualTo(wire);
        assertThat(code.httpStatus()).isEqualTo(http);
        assertThat(code.grpcStatus()).isEqualTo(grpc);
    }

    @Test
    void thereAreTwentyTwo() {
        assertThat(ErrorCode.values()).hasSize(22);
    }

    @ParameterizedTest
    @EnumSource
    void readsItsOwnString(ErrorCode code) {
        assertThat(ErrorCode.fromWire(code.wire())).isSameAs(code);
    }

    @Test
    void unlistedStringsReadAsUnknown() {
        assertThat(ErrorCode.fromWire("teapot")).isSameAs(ErrorCode.UNKNOWN);
        assertThat(ErrorCode.fromWire("")).isSameAs(ErrorCode.UNKNOWN);
        assertThat(ErrorCode.fromWire("CANCELED")).isSameAs(ErrorCode.UNKNOWN);
    }

    @Test
    void messageWithoutArgumentsIsNoFormat() {
        assertThat(ErrorCode.INTERNAL.error("disk: 100% full")).hasMessage("disk: 100% full");
    }

    @Test
    void messageWithArgumentsIsAFormat() {
        PsrpcException error = ErrorCode.NOT_FOUND.error("room: %s, %.1f", "lobby", 1.5);

        assertThat(error).hasMessage("room: lobby, 1.5");
        assertThat(error.code()).isSameAs(ErrorCode.NOT_FOUND);
    }

    @Test
    void formatThatDoesNotSuitItsArgumentsIsFollowedByThem() {
        assertThat(ErrorCode.INTERNAL.error("disk %s: 100% full", "sda")).hasMessage("disk %s: 100% full [sda]");
    }
}
