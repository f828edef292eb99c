package io.psrpc.protoc;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.palantir.javapoet.ClassName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The Java classes that protoc itself makes of all files of a run, by its rules. */
final class MessageTypes {
    private final Map<String, MessageType> byProtoName = new HashMap<>();
    private final Map<ClassName, String> fileByTopLevelClass = new HashMap<>();

    /** One message: its class, and whether javac warns of its use. */
    record MessageType(ClassName javaClass, boolean isDeprecated) {}

    MessageTypes(List<FileDescriptorProto> files) {
        files.forEach(this::add);
    }

    /**
     * Looks up a method's input or output.
     *
     * @param protoName the full name with its leading dot, as descriptors write it
     */
    MessageType get(String protoName) {
        MessageType type = byProtoName.get(protoName);
        if (type == null) {
            throw new Refusal("message: %s (expected: a message of the files that protoc passed)".formatted(protoName));
        }
        return type;
    }

    /** The file whose classes include this top-level one. */
    Optional<String> fileOf(ClassName topLevelClass) {
        return Optional.ofNullable(fileByTopLevelClass.get(topLevelClass));
    }

    static String javaPackage(FileDescriptorProto file) {
        return file.getOptions().hasJavaPackage() ? file.getOptions().getJavaPackage() : file.getPackage();
    }

    private void add(FileDescriptorProto file) {
        String javaPackage = javaPackage(file);
        ClassName outer = ClassName.get(javaPackage, OuterClass.nameOf(file));
        fileByTopLevelClass.put(outer, file.getName());
        String scope = file.getPackage().isEmpty() ? "." : "." + file.getPackage() + ".";
        for (DescriptorProto message : file.getMessageTypeList()) {
            boolean isHeld = OuterClass.holds(file, message.getOptions().getFeatures());
            ClassName javaClass =
                    isHeld ? outer.nestedClass(message.getName()) : ClassName.get(javaPackage, message.getName());
            add(message, scope, javaClass);
            if (!isHeld) {
                fileByTopLevelClass.put(javaClass, file.getName());
                fileByTopLevelClass.put(javaClass.peerClass(message.getName() + "OrBuilder"), file.getName());
            }
        }
        for (EnumDescriptorProto type : file.getEnumTypeList()) {
            if (!OuterClass.holds(file, type.getOptions().getFeatures())) {
                fileByTopLevelClass.put(ClassName.get(javaPackage, type.getName()), file.getName());
            }
        }
    }

    private void add(DescriptorProto message, String scope, ClassName javaClass) {
        String protoName = scope + message.getName();
        byProtoName.put(
                protoName, new MessageType(javaClass, message.getOptions().getDeprecated()));
        for (DescriptorProto nested : message.getNestedTypeList()) {
            add(nested, protoName + ".", javaClass.nestedClass(nested.getName()));
        }
    }
}
