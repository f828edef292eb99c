package io.psrpc.protoc;

import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import io.psrpc.options.Options;
import io.psrpc.options.OptionsOuterClass;
import io.psrpc.options.Routing;
import io.psrpc.options.TopicParamOptions;
import java.util.stream.Stream;

/** Finds what a method says and nobody heeds: the wire protocol's rules pass over it, and its author is likely to have meant something. */
final class IdleOptions {
    private IdleOptions() {}

    /** One warning for each. */
    static Stream<String> of(Place place, MethodDescriptorProto method, OptionsReader read) {
        Options options = method.getOptions().getExtension(OptionsOuterClass.options);
        Stream.Builder<String> warnings = Stream.builder();
        if (method.getClientStreaming() || method.getServerStreaming()) {
            warnings.add(
                    "protobuf's keyword stream counts for nothing here: the method is unary (expected: no keyword)");
        }
        if (!options.getTopics() && namesTopics(options.getTopicParams())) {
            warnings.add("topic_params without topics count for nothing (expected: topics: true)");
        }
        if (read.isSubscription() && read.routing() == Routing.AFFINITY) {
            warnings.add(
                    "type AFFINITY: nobody chooses who gets an update, one subscriber does as with QUEUE (expected: QUEUE or MULTI)");
        }
        if (read.isSubscription() && !options.getTopicParams().getGroup().isEmpty()) {
            warnings.add("topic_params.group: a subscription is in no group (expected: none)");
        }
        return warnings.build().map(warning -> place + ": " + warning);
    }

    private static boolean namesTopics(TopicParamOptions parameters) {
        return !parameters.getGroup().isEmpty() || parameters.getNamesCount() > 0 || parameters.getTyped();
    }
}
