package io.psrpc.internal.wire;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Int32Value;
import com.google.protobuf.StringValue;
import org.junit.jupiter.api.Test;

class MessageTypeTest {
    private static final StringValue TEXT = StringValue.getDefaultInstance();

    @Test
    void anotherCopyOfTheTypeIsTheSameType() throws Exception {
        FileDescriptorProto file = TEXT.getDescriptorForType().getFile().toProto();
        Descriptor copy = FileDescriptor.buildFrom(file, new FileDescriptor[0]).findMessageTypeByName("StringValue");

        assertThatCode(() -> MessageType.check(StringValue.of("text"), TEXT)).doesNotThrowAnyException();
        assertThatCode(() -> MessageType.check(DynamicMessage.getDefaultInstance(copy), TEXT))
                .doesNotThrowAnyException();
    }

    @Test
    void anotherTypeIsRefused() {
        assertThatThrownBy(() -> MessageType.check(Int32Value.of(1), TEXT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("google.protobuf.Int32Value (expected: google.protobuf.StringValue)");
    }
}
