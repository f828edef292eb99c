import com.google.protobuf.gradle.id

plugins {
    application
    id("com.google.protobuf") version "0.9.6"
}

val protobufVersion = "4.36.2"
val psrpcVersion = providers.gradleProperty("psrpcVersion").getOrElse("0.1.0-SNAPSHOT")

repositories {
    mavenLocal()
    mavenCentral()
}

dependencies {
    implementation("io.psrpc:psrpc-core:$psrpcVersion")
    implementation("com.google.protobuf:protobuf-java:$protobufVersion")
}

java {
    sourceCompatibility = JavaVersion.VERSION_17
}

application {
    mainClass.set("com.example.greeter.Main")
}

protobuf {
    protoc {
        artifact = "com.google.protobuf:protoc:$protobufVersion"
    }
    plugins {
        id("psrpc-java") {
            artifact = "io.psrpc:protoc-gen-psrpc-java:$psrpcVersion:all@jar"
        }
    }
    generateProtoTasks {
        all().forEach { task ->
            task.plugins {
                id("psrpc-java")
            }
        }
    }
}
