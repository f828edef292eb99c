package com.example.dynamic;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.ExtensionRegistry;
import com.google.protobuf.TextFormat;
import com.google.protobuf.TextFormat.ParseException;
import io.psrpc.CallOptions;
import io.psrpc.ClientOptions;
import io.psrpc.MethodInfo.Routing;
import io.psrpc.Response;
import io.psrpc.Responses;
import io.psrpc.Topic;
import io.psrpc.bus.MessageBus;
import io.psrpc.options.Options;
import io.psrpc.options.OptionsOuterClass;
import io.psrpc.stub.MethodDefinition;
import io.psrpc.stub.RpcClient;
import io.psrpc.stub.ServiceDefinition;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Calls any unary method of a service that is known from its descriptor alone. Requests and answers are text. */
final class Console implements AutoCloseable {
    private final Map<String, MethodDefinition<DynamicMessage, DynamicMessage>> methods;
    private final RpcClient client;

    private Console(Map<String, MethodDefinition<DynamicMessage, DynamicMessage>> methods, RpcClient client) {
        this.methods = methods;
        this.client = client;
    }

    /**
     * Opens one for a service.
     *
     * @param descriptors as {@code protoc --descriptor_set_out --include_imports} writes them
     */
    static Console open(MessageBus bus, InputStream descriptors, String service)
            throws IOException, DescriptorValidationException {
        Map<String, MethodDefinition<DynamicMessage, DynamicMessage>> methods = new HashMap<>();
        for (MethodDescriptor method : find(descriptors, service).getMethods()) {
            Options options = method.getOptions().getExtension(OptionsOuterClass.options);
            if (!options.getSubscription()) {
                methods.put(method.getName(), unary(method, options));
            }
        }
        ServiceDefinition definition = new ServiceDefinition(service, List.copyOf(methods.values()));
        return new Console(methods, RpcClient.create(bus, definition, ClientOptions.DEFAULT));
    }

    /** The answer, or for a method with routing MULTI the answers, each on a line of its own. */
    String call(String method, Topic topic, String request) throws ParseException {
        MethodDefinition<DynamicMessage, DynamicMessage> definition = methods.get(method);
        if (definition == null) {
            throw new IllegalArgumentException("method: " + method + " (expected: one of " + methods.keySet() + ")");
        }
        DynamicMessage message = parse(definition.request(), request);
        if (definition.info().routing() != Routing.MULTI) {
            return text(client.request(definition, topic, message, CallOptions.DEFAULT));
        }
        StringBuilder answers = new StringBuilder();
        try (Responses<DynamicMessage> all = client.requestAll(definition, topic, message, CallOptions.DEFAULT)) {
            for (Response<DynamicMessage> answer : all) {
                answers.append(answers.isEmpty() ? "" : "\n").append(text(answer.orThrow()));
            }
        }
        return answers.toString();
    }

    @Override
    public void close() {
        client.close();
    }

    private static MethodDefinition<DynamicMessage, DynamicMessage> unary(MethodDescriptor method, Options options) {
        MethodDefinition.Builder<DynamicMessage, DynamicMessage> definition = MethodDefinition.unary(
                        method.getService().getName(),
                        method.getName(),
                        DynamicMessage.getDefaultInstance(method.getInputType()),
                        DynamicMessage.getDefaultInstance(method.getOutputType()))
                .routing(Routing.valueOf(options.getType().name()));
        if (options.getTopics()) {
            definition.topics(options.getTopicParams().getNamesList().toArray(String[]::new));
        }
        if (options.getTopicParams().getSingleServer()) {
            definition.singleServer();
        }
        return definition.build();
    }

    private static ServiceDescriptor find(InputStream descriptors, String service)
            throws IOException, DescriptorValidationException {
        ExtensionRegistry options = ExtensionRegistry.newInstance();
        options.add(OptionsOuterClass.options);
        // A file comes after those that it imports.
        Map<String, FileDescriptor> files = new HashMap<>();
        for (FileDescriptorProto file :
                FileDescriptorSet.parseFrom(descriptors, options).getFileList()) {
            FileDescriptor[] imports =
                    file.getDependencyList().stream().map(files::get).toArray(FileDescriptor[]::new);
            files.put(file.getName(), FileDescriptor.buildFrom(file, imports));
        }
        return files.values().stream()
                .flatMap(file -> Optional.ofNullable(file.findServiceByName(service)).stream())
                .findAny()
                .orElseThrow(() ->
                        new IllegalArgumentException("service: " + service + " (expected: one of the descriptors)"));
    }

    private static DynamicMessage parse(DynamicMessage prototype, String text) throws ParseException {
        DynamicMessage.Builder message = prototype.newBuilderForType();
        TextFormat.merge(text, message);
        return message.build();
    }

    private static String text(DynamicMessage message) {
        return TextFormat.printer().emittingSingleLine(true).printToString(message);
    }
}
