package io.psrpc.protoc;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import java.util.List;
import javax.lang.model.element.Modifier;

/** How all generated types and methods begin: visibility, and what keeps javac quiet about deprecation. */
final class Declarations {
    private Declarations() {}

    static TypeSpec.Builder publicInterface(Service service, ClassName name, String javadoc) {
        return declared(TypeSpec.interfaceBuilder(name), service, javadoc).addModifiers(Modifier.PUBLIC);
    }

    static TypeSpec.Builder publicClass(Service service, ClassName name, String javadoc) {
        return declared(TypeSpec.classBuilder(name), service, javadoc).addModifiers(Modifier.PUBLIC, Modifier.FINAL);
    }

    /** A class that only its interface's factory names. */
    static TypeSpec.Builder stub(Service service, ClassName name, ClassName implemented, String javadoc) {
        TypeSpec.Builder type = TypeSpec.classBuilder(name)
                .addModifiers(Modifier.FINAL)
                .addSuperinterface(implemented)
                .addJavadoc("$L\n", javadoc);
        addSuppression(type, service);
        return type;
    }

    /** A method that carries the deprecation of the service's method. */
    static MethodSpec.Builder method(
            Method method, String name, TypeName result, List<ParameterSpec> parameters, CodeBlock javadoc) {
        return signature(method, name, result, parameters).addJavadoc(javadoc);
    }

    /** The same in a stub: documented where it is declared. */
    static MethodSpec.Builder override(Method method, String name, TypeName result, List<ParameterSpec> parameters) {
        return signature(method, name, result, parameters).addAnnotation(Override.class);
    }

    /** A method of a stub that belongs to no method of the service. */
    static MethodSpec.Builder override(String name, TypeName result) {
        return MethodSpec.methodBuilder(name)
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PUBLIC)
                .returns(result);
    }

    static MethodSpec abstractClose(String javadoc) {
        return override("close", TypeName.VOID)
                .addJavadoc("$L\n", javadoc)
                .addModifiers(Modifier.ABSTRACT)
                .build();
    }

    private static MethodSpec.Builder signature(
            Method method, String name, TypeName result, List<ParameterSpec> parameters) {
        MethodSpec.Builder declared = MethodSpec.methodBuilder(name);
        if (method.isDeprecated()) {
            declared.addAnnotation(Deprecated.class);
        }
        return declared.addModifiers(Modifier.PUBLIC).returns(result).addParameters(parameters);
    }

    private static TypeSpec.Builder declared(TypeSpec.Builder type, Service service, String javadoc) {
        type.addJavadoc(Javadoc.typeAndComment(service, javadoc));
        if (service.isDeprecated()) {
            type.addAnnotation(Deprecated.class);
        }
        addSuppression(type, service);
        return type;
    }

    private static void addSuppression(TypeSpec.Builder type, Service service) {
        if (service.usesDeprecated()) {
            type.addAnnotation(AnnotationSpec.builder(SuppressWarnings.class)
                    .addMember("value", "$S", "deprecation")
                    .build());
        }
    }
}
