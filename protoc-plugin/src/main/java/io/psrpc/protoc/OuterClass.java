package io.psrpc.protoc;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.Edition;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.FeatureSet;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import com.google.protobuf.JavaFeaturesProto;
import com.google.protobuf.JavaFeaturesProto.JavaFeatures.NestInFileClassFeature.NestInFileClass;
import java.util.List;
import java.util.stream.Stream;

/** The class that protoc makes of a file, which holds the messages where each has no file of its own. */
final class OuterClass {
    private OuterClass() {}

    static String nameOf(FileDescriptorProto file) {
        if (file.getOptions().hasJavaOuterClassname()) {
            return file.getOptions().getJavaOuterClassname();
        }
        String name = ofFileName(file.getName());
        if (isOfEdition2024(file)) {
            return name + "Proto";
        }
        return declaredNames(file).anyMatch(name::equals) ? name + "OuterClass" : name;
    }

    /**
     * Whether the class holds one of the file's messages or enums.
     *
     * @param features of the message or enum, which decide from edition 2024 on
     */
    static boolean holds(FileDescriptorProto file, FeatureSet features) {
        if (isOfEdition2024(file)) {
            return features.getExtension(JavaFeaturesProto.java_).getNestInFileClass() == NestInFileClass.YES;
        }
        return !file.getOptions().getJavaMultipleFiles();
    }

    private static boolean isOfEdition2024(FileDescriptorProto file) {
        return file.getEdition().getNumber() >= Edition.EDITION_2024_VALUE;
    }

    /** The file's base name: a letter at the start, after a digit or after anything else becomes a capital. */
    private static String ofFileName(String path) {
        String base = path.substring(path.lastIndexOf('/') + 1).replaceFirst("\\.proto(devel)?$", "");
        StringBuilder name = new StringBuilder(base.length());
        boolean capital = true;
        for (int i = 0; i < base.length(); i++) {
            char c = base.charAt(i);
            if (WireNames.isSmall(c)) {
                name.append(capital ? (char) (c - 'a' + 'A') : c);
                capital = false;
            } else if (WireNames.isCapital(c)) {
                name.append(c);
                capital = false;
            } else {
                if (c >= '0' && c <= '9') {
                    name.append(c);
                }
                capital = true;
            }
        }
        return name.toString();
    }

    private static Stream<String> declaredNames(FileDescriptorProto file) {
        return Stream.of(
                        file.getServiceList().stream().map(ServiceDescriptorProto::getName),
                        enumNames(file.getEnumTypeList()),
                        file.getMessageTypeList().stream().flatMap(OuterClass::namesWithin))
                .flatMap(names -> names);
    }

    private static Stream<String> namesWithin(DescriptorProto message) {
        return Stream.of(
                        Stream.of(message.getName()),
                        enumNames(message.getEnumTypeList()),
                        message.getNestedTypeList().stream().flatMap(OuterClass::namesWithin))
                .flatMap(names -> names);
    }

    private static Stream<String> enumNames(List<EnumDescriptorProto> enums) {
        return enums.stream().map(EnumDescriptorProto::getName);
    }
}
