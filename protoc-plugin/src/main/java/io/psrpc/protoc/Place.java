package io.psrpc.protoc;

import com.google.errorprone.annotations.FormatMethod;

/** Where in the protos something stands, in the user's own spelling: {@code dir/fleet.proto: Fleet.RunJob}. */
record Place(String file, String path) {
    static Place service(String file, String service) {
        return new Place(file, service);
    }

    Place method(String name) {
        return new Place(file, path + "." + name);
    }

    @FormatMethod
    Refusal refuse(String format, Object... arguments) {
        return new Refusal(this + ": " + format.formatted(arguments));
    }

    @Override
    public String toString() {
        return file + ": " + path;
    }
}
