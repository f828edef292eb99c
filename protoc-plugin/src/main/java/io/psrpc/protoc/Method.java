package io.psrpc.protoc;

import com.palantir.javapoet.ClassName;
import io.psrpc.options.Routing;
import java.util.Optional;

/**
 * One method of a service, with its options read and its names found.
 *
 * @param place where it stands, for messages
 * @param wireName its name on the wire
 * @param constant its definition's name in Java
 * @param isSubscription whether servers publish {@code response} and nobody sends {@code request}
 * @param isSingleServer whether at most one server registers each topic
 * @param comment the proto's, unescaped
 */
record Method(
        Place place,
        String wireName,
        String constant,
        boolean isSubscription,
        Routing routing,
        boolean isSingleServer,
        ClassName request,
        ClassName response,
        Optional<Topics> topics,
        Optional<String> comment,
        boolean isDeprecated) {

    boolean isUnary() {
        return !isSubscription;
    }

    boolean isMulti() {
        return routing == Routing.MULTI;
    }

    /** Whether servers are asked how well they would do it: not where nobody chooses. */
    boolean hasAffinity() {
        return isUnary() && routing == Routing.AFFINITY && !isSingleServer;
    }

    Optional<String> group() {
        return topics.flatMap(Topics::group);
    }

    String javaName() {
        return JavaNames.method(wireName);
    }

    String affinityName() {
        return JavaNames.decapitalized(wireName) + "Affinity";
    }

    String subscribeName() {
        return "subscribe" + wireName;
    }

    String publishName() {
        return "publish" + wireName;
    }

    String publishAsyncName() {
        return publishName() + "Async";
    }

    String registerName() {
        return "register" + wireName + "Topic";
    }
}
