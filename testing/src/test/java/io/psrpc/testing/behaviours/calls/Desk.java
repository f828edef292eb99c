package io.psrpc.testing.behaviours.calls;

import com.google.protobuf.StringValue;
import io.psrpc.RequestContext;
import io.psrpc.stub.Binding;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A handler that answers in its name, and remembers what it was asked. */
final class Desk implements Binding.UnaryHandler<StringValue, StringValue> {
    private final String name;
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<RequestContext> contexts = new CopyOnWriteArrayList<>();

    Desk(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    /** The texts of the requests, as they came. */
    List<String> asked() {
        return asked;
    }

    /** Their contexts. */
    List<RequestContext> contexts() {
        return contexts;
    }

    @Override
    public StringValue handle(RequestContext ctx, StringValue request) {
        contexts.add(ctx);
        asked.add(request.getValue());
        return StringValue.of(name + ": " + request.getValue());
    }
}
