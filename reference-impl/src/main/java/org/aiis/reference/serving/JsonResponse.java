package org.aiis.reference.serving;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.aiis.reference.serving.Refusal.Reason;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.Tensor;

/**
 * An answer as JSON with binary data behind it.
 *
 * @param jsonLength bytes of JSON, to be announced where binary data follow
 * @param binary whether any follow
 */
public record JsonResponse(Bytes body, int jsonLength, boolean binary) {
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .build();

    /**
     * Writes an answer.
     *
     * @throws Refusal for what JSON cannot hold: NaN, infinities, FP16 and BF16
     */
    public static JsonResponse of(InferenceResponse response) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        List<byte[]> behind = new ArrayList<>();
        try (JsonGenerator out = JSON.createGenerator(bytes)) {
            out.writeStartObject();
            out.writeStringField("model_name", response.model());
            out.writeStringField("model_version", response.version());
            if (response.id().isPresent()) {
                out.writeStringField("id", response.id().get());
            }
            out.writeArrayFieldStart("outputs");
            for (InferenceResponse.Output output : response.outputs()) {
                output(out, output, behind);
            }
            out.writeEndArray();
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        int length = bytes.size();
        behind.forEach(bytes::writeBytes);
        return new JsonResponse(Bytes.own(bytes.toByteArray()), length, !behind.isEmpty());
    }

    private static void output(JsonGenerator out, InferenceResponse.Output output, List<byte[]> behind)
            throws IOException {
        Datatype datatype = Datatype.of(output.tensor().type()).orElseThrow();
        out.writeStartObject();
        out.writeStringField("name", output.name());
        out.writeStringField("datatype", datatype.name());
        out.writeArrayFieldStart("shape");
        for (int dim : output.tensor().shape().dims()) {
            out.writeNumber(dim);
        }
        out.writeEndArray();
        if (output.binary()) {
            byte[] raw = RawElements.write(output.tensor());
            behind.add(raw);
            out.writeObjectFieldStart("parameters");
            out.writeNumberField("binary_data_size", raw.length);
            out.writeEndObject();
        } else {
            out.writeArrayFieldStart("data");
            elements(out, output.name(), datatype, output.tensor());
            out.writeEndArray();
        }
        out.writeEndObject();
    }

    private static void elements(JsonGenerator out, String name, Datatype datatype, Tensor tensor) throws IOException {
        for (int i = 0; i < tensor.size(); i++) {
            switch (datatype) {
                case BOOL -> out.writeBoolean(tensor.bits(i) != 0);
                case BYTES -> out.writeString(tensor.string(i));
                case FP32 -> out.writeNumber((float) finite(name, datatype, tensor.real(i)));
                case FP64 -> out.writeNumber(finite(name, datatype, tensor.real(i)));
                case FP16, BF16 -> throw inBinary(name, datatype + " has no form in JSON");
                case UINT64 -> out.writeNumber(new BigInteger(Long.toUnsignedString(tensor.bits(i))));
                default -> out.writeNumber(tensor.integer(i));
            }
        }
    }

    private static double finite(String name, Datatype datatype, double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            throw inBinary(name, "JSON has no word for the " + datatype + " value " + value);
        }
        return value;
    }

    private static Refusal inBinary(String name, String why) {
        return new Refusal(
                Reason.NOT_IN_JSON,
                "output '" + name + "': " + why + "; ask for it with the parameter binary_data of the output");
    }
}
