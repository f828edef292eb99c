package io.psrpc.protoc;

import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import com.palantir.javapoet.ClassName;
import io.psrpc.options.Options;
import io.psrpc.options.OptionsOuterClass;
import io.psrpc.options.Routing;
import io.psrpc.options.TopicParamOptions;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The options of one method, by the wire protocol's rules of what counts and what does not. */
final class OptionsReader {
    private static final String DEFAULT_PART = "topic";

    private final Place place;
    private final Options options;

    OptionsReader(Place place, MethodDescriptorProto method) {
        this.place = place;
        this.options = method.getOptions().getExtension(OptionsOuterClass.options);
        if (options.getStream()) {
            throw place.refuse("stream: true (expected: false; streams are not supported by this version)");
        }
    }

    boolean isSubscription() {
        return options.getSubscription();
    }

    boolean isSingleServer() {
        return options.getTopicParams().getSingleServer();
    }

    /** The member of the oneof that is set decides, whatever its value, and over {@code type}. */
    @SuppressWarnings("deprecation") // The older spelling is deprecated, and stays readable.
    Routing routing() {
        return switch (options.getRoutingCase()) {
            case MULTI -> Routing.MULTI;
            case AFFINITY_FUNC -> Routing.AFFINITY;
            case QUEUE -> Routing.QUEUE;
            case ROUTING_NOT_SET -> type();
        };
    }

    private Routing type() {
        if (options.getType() == Routing.UNRECOGNIZED) {
            throw place.refuse("type: %d (expected: QUEUE, AFFINITY or MULTI)", options.getTypeValue());
        }
        return options.getType();
    }

    /**
     * The topics; none where {@code topics} is not set, whatever the parameters say.
     *
     * @param wireName of the method: it names the record of a typed topic without a group
     */
    Optional<Topics> topics(String javaPackage, String wireName) {
        if (!options.getTopics()) {
            return Optional.empty();
        }
        TopicParamOptions parameters = options.getTopicParams();
        List<String> parts = parameters.getNamesCount() == 0 ? List.of(DEFAULT_PART) : parameters.getNamesList();
        parts.forEach(part -> checkIdentifier("names", part));
        Optional<String> group = group(parameters);
        String recordName = group.map(WireNames::camelCase).orElse(wireName) + "Topic";
        Optional<ClassName> recordClass =
                parameters.getTyped() ? Optional.of(ClassName.get(javaPackage, recordName)) : Optional.empty();
        Topics topics = new Topics(group, parts, recordClass);
        checkDistinct(topics.javaNames());
        return Optional.of(topics);
    }

    private Optional<String> group(TopicParamOptions parameters) {
        if (isSubscription() || parameters.getGroup().isEmpty()) {
            return Optional.empty();
        }
        checkIdentifier("group", parameters.getGroup());
        return Optional.of(parameters.getGroup());
    }

    private void checkIdentifier(String option, String name) {
        if (!WireNames.isIdentifier(name)) {
            throw place.refuse("topic_params.%s: \"%s\" (expected: a name of letters, digits and _)", option, name);
        }
    }

    private void checkDistinct(List<String> javaNames) {
        Set<String> seen = new HashSet<>();
        for (String name : javaNames) {
            if (!seen.add(name)) {
                throw place.refuse("topic_params.names: %s twice in Java (expected: distinct names)", name);
            }
        }
    }
}
