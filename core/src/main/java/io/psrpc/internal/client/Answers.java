package io.psrpc.internal.client;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.psrpc.ErrorCode;
import io.psrpc.PsrpcException;
import io.psrpc.internal.ApiAccess;
import io.psrpc.internal.wire.ResponseMessage;
import io.psrpc.internal.wire.Slice;

/** Reads what servers answer. */
final class Answers {
    private Answers() {}

    /** An empty error text is a success, whatever the code. */
    static boolean isSuccess(ResponseMessage response) {
        return response.error().isEmpty();
    }

    /** A member of a queue's group says that none of them serves the method. */
    static boolean isFromNobody(ResponseMessage response) {
        return response.serverId().isEmpty() && response.code().equals(ErrorCode.UNAVAILABLE.wire());
    }

    static PsrpcException error(ResponseMessage response) {
        return ApiAccess.get()
                .fromPeer(
                        response.code(),
                        response.error(),
                        response.details(),
                        response.serverId(),
                        response.requestId());
    }

    /** @throws PsrpcException {@code MALFORMED_RESULT} */
    static Message message(ResponseMessage response, Message prototype) {
        Slice payload = response.rawPayload();
        try {
            return prototype.getParserForType().parseFrom(payload.array(), payload.offset(), payload.length());
        } catch (InvalidProtocolBufferException e) {
            String message = "result of server " + response.serverId() + ": not a "
                    + prototype.getDescriptorForType().getFullName() + ": " + e.getMessage();
            throw ApiAccess.get().local(ErrorCode.MALFORMED_RESULT, message, e, response.requestId());
        }
    }
}
