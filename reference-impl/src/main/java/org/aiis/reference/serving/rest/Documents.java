package org.aiis.reference.serving.rest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.aiis.reference.serving.InferenceService;
import org.aiis.reference.serving.ServedModel;
import org.aiis.reference.serving.Signature;

/** The small JSON documents of the protocol. */
final class Documents {
    private static final JsonFactory JSON = new JsonFactory();

    private Documents() {}

    @FunctionalInterface
    private interface Members {
        void write(JsonGenerator out) throws IOException;
    }

    private static byte[] object(Members members) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = JSON.createGenerator(bytes)) {
            out.writeStartObject();
            members.write(out);
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static byte[] error(String told) {
        return object(out -> out.writeStringField("error", told));
    }

    static byte[] live() {
        return object(out -> out.writeBooleanField("live", true));
    }

    static byte[] ready() {
        return object(out -> out.writeBooleanField("ready", true));
    }

    static byte[] ready(ServedModel model) {
        return object(out -> {
            out.writeStringField("name", model.name());
            out.writeBooleanField("ready", true);
        });
    }

    static byte[] server(InferenceService service, String version) {
        return object(out -> {
            out.writeStringField("name", InferenceService.NAME);
            out.writeStringField("version", version);
            strings(out, "extensions", service.extensions());
        });
    }

    static byte[] model(InferenceService service, ServedModel model) {
        return object(out -> {
            out.writeStringField("name", model.name());
            strings(out, "versions", service.versions(model.name()));
            out.writeStringField("platform", service.platform());
            ports(out, "inputs", model.signature().inputs());
            ports(out, "outputs", model.signature().outputs());
            out.writeObjectFieldStart("parameters");
            for (var property : model.signature().properties().entrySet()) {
                out.writeStringField(property.getKey(), property.getValue());
            }
            out.writeEndObject();
        });
    }

    private static void ports(JsonGenerator out, String member, List<Signature.Port> ports) throws IOException {
        out.writeArrayFieldStart(member);
        for (Signature.Port port : ports) {
            out.writeStartObject();
            out.writeStringField("name", port.name());
            out.writeStringField("datatype", port.datatype().name());
            out.writeArrayFieldStart("shape");
            for (long extent : port.shape()) {
                out.writeNumber(extent);
            }
            out.writeEndArray();
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static void strings(JsonGenerator out, String member, List<String> texts) throws IOException {
        out.writeArrayFieldStart(member);
        for (String text : texts) {
            out.writeString(text);
        }
        out.writeEndArray();
    }
}
