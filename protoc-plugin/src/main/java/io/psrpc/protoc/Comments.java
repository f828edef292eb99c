package io.psrpc.protoc;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import com.google.protobuf.DescriptorProtos.SourceCodeInfo.Location;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The comments that one proto file carries above, or else behind, its services and methods. */
final class Comments {
    private final Map<List<Integer>, String> byPath = new HashMap<>();

    Comments(FileDescriptorProto file) {
        for (Location location : file.getSourceCodeInfo().getLocationList()) {
            String comment =
                    location.hasLeadingComments() ? location.getLeadingComments() : location.getTrailingComments();
            if (!comment.isBlank()) {
                byPath.put(location.getPathList(), comment);
            }
        }
    }

    Optional<String> ofService(int service) {
        return Optional.ofNullable(byPath.get(List.of(FileDescriptorProto.SERVICE_FIELD_NUMBER, service)));
    }

    Optional<String> ofMethod(int service, int method) {
        return Optional.ofNullable(byPath.get(List.of(
                FileDescriptorProto.SERVICE_FIELD_NUMBER,
                service,
                ServiceDescriptorProto.METHOD_FIELD_NUMBER,
                method)));
    }
}
