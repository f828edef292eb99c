package io.psrpc.protoc;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import com.palantir.javapoet.ClassName;
import io.psrpc.protoc.MessageTypes.MessageType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Turns the services of one file from descriptors into what the writers work on. */
final class ServiceReader {
    private final FileDescriptorProto file;
    private final MessageTypes types;
    private final Comments comments;
    private final String javaPackage;
    private final Consumer<String> warnings;

    /** @param warnings gets what is legal and yet likely to hurt */
    ServiceReader(FileDescriptorProto file, MessageTypes types, Consumer<String> warnings) {
        this.file = file;
        this.types = types;
        this.comments = new Comments(file);
        this.javaPackage = MessageTypes.javaPackage(file);
        this.warnings = warnings;
    }

    List<Service> read() {
        List<Service> services = new ArrayList<>();
        for (int i = 0; i < file.getServiceCount(); i++) {
            services.add(readService(i));
        }
        return services;
    }

    private Service readService(int index) {
        ServiceDescriptorProto service = file.getService(index);
        Place place = Place.service(file.getName(), service.getName());
        Set<String> typeNames = typeNames(service);
        List<Method> methods = new ArrayList<>();
        for (int i = 0; i < service.getMethodCount(); i++) {
            methods.add(readMethod(place, service.getMethod(i), typeNames, comments.ofMethod(index, i)));
        }
        String name = service.getName();
        return new Service(
                place,
                file.getPackage().isEmpty() ? name : file.getPackage() + "." + name,
                WireNames.camelCase(name),
                javaPackage,
                comments.ofService(index),
                service.getOptions().getDeprecated(),
                usesDeprecated(service),
                methods);
    }

    private Method readMethod(
            Place service, MethodDescriptorProto method, Set<String> typeNames, Optional<String> comment) {
        Place place = service.method(method.getName());
        OptionsReader options = new OptionsReader(place, method);
        IdleOptions.of(place, method, options).forEach(warnings);
        String wireName = WireNames.camelCase(method.getName());
        return new Method(
                place,
                wireName,
                JavaNames.constant(wireName, typeNames),
                options.isSubscription(),
                options.routing(),
                options.isSingleServer(),
                messageClass(place, method.getInputType()),
                messageClass(place, method.getOutputType()),
                options.topics(javaPackage, wireName),
                comment,
                method.getOptions().getDeprecated());
    }

    private ClassName messageClass(Place place, String protoName) {
        ClassName javaClass = types.get(protoName).javaClass();
        if (javaClass.packageName().isEmpty() && !javaPackage.isEmpty()) {
            throw place.refuse(
                    "message: %s, a class without a package (expected: one that package %s can import)",
                    javaClass.canonicalName(), javaPackage);
        }
        return javaClass;
    }

    /** With which code that names the service's messages starts. */
    private Set<String> typeNames(ServiceDescriptorProto service) {
        return service.getMethodList().stream()
                .flatMap(method -> Stream.of(method.getInputType(), method.getOutputType()))
                .map(type -> types.get(type).javaClass().topLevelClassName().simpleName())
                .collect(Collectors.toSet());
    }

    private boolean usesDeprecated(ServiceDescriptorProto service) {
        return service.getOptions().getDeprecated()
                || service.getMethodList().stream().anyMatch(this::usesDeprecated);
    }

    private boolean usesDeprecated(MethodDescriptorProto method) {
        MessageType request = types.get(method.getInputType());
        MessageType response = types.get(method.getOutputType());
        return method.getOptions().getDeprecated() || request.isDeprecated() || response.isDeprecated();
    }
}
