package io.psrpc.protoc;

import com.palantir.javapoet.ClassName;
import java.util.List;
import java.util.Optional;

/**
 * What the topics of one method are made of.
 *
 * @param group the methods that are registered together; never present on a subscription
 * @param partNames the parts in the proto's spelling, at least one
 * @param recordClass the type of a typed topic
 */
record Topics(Optional<String> group, List<String> partNames, Optional<ClassName> recordClass) {
    Topics {
        partNames = List.copyOf(partNames);
    }

    /** The parts as parameters, or as components of the record. */
    List<String> javaNames() {
        return partNames.stream()
                .map(recordClass.isPresent() ? JavaNames::topicComponent : JavaNames::topicParameter)
                .toList();
    }
}
