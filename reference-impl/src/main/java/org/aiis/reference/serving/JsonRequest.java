package org.aiis.reference.serving;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.reference.serving.Refusal.Reason;
import org.aiis.spec.tensor.Shape;
import org.aiis.spec.tensor.Tensor;

/** A request for inference as JSON, with binary data behind it where its inputs say so. */
public final class JsonRequest {
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(ServingLimits.RANK + 8)
                    .maxNumberLength(400)
                    .maxNameLength(1000)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** Parameters of extensions that change what an answer means, and that this server does not have. */
    private static final List<String> OTHER_EXTENSIONS = List.of("shared_memory", "sequence_", "classification");

    private final byte[] body;
    private final int end;
    private final ServingLimits limits;
    private final List<Input> inputs = new ArrayList<>();
    private final List<Output> outputs = new ArrayList<>();
    private Optional<String> id = Optional.empty();
    private boolean binary;

    /** An input as it is being read. */
    private record Input(String name, Optional<Tensor> tensor, Datatype datatype, Shape shape, int binarySize) {}

    private record Output(String name, Optional<Boolean> binary) {}

    private JsonRequest(byte[] body, int end, ServingLimits limits) {
        this.body = body;
        this.end = end;
        this.limits = limits;
    }

    /**
     * Reads a request.
     *
     * @param jsonLength bytes of JSON, as the header Inference-Header-Content-Length has it; empty when all is JSON
     * @throws Refusal for everything that is wrong with it
     */
    public static InferenceRequest read(byte[] body, Optional<String> jsonLength, ServingLimits limits) {
        int end = jsonLength.map(l -> length(l, body.length)).orElse(body.length);
        if (end < 2 || body[0] == 0 || body[1] == 0 || (body[0] & 0xFF) >= 0x80) {
            throw new Refusal(Reason.MALFORMED, "the body is no JSON object in UTF-8");
        }
        JsonRequest request = new JsonRequest(body, end, limits);
        try (JsonParser in = JSON.createParser(body, 0, end)) {
            request.object(in);
        } catch (JsonProcessingException e) {
            String place =
                    e.getLocation() == null ? "" : " at byte " + e.getLocation().getByteOffset();
            throw new Refusal(
                    Reason.MALFORMED,
                    "no JSON" + place + ": "
                            + String.valueOf(e.getOriginalMessage())
                                    .lines()
                                    .findFirst()
                                    .orElse(""));
        } catch (IOException e) {
            throw new Refusal(Reason.MALFORMED, "the body is not UTF-8");
        }
        return request.whole(ByteBuffer.wrap(body, end, body.length - end), jsonLength.isPresent());
    }

    private static int length(String header, int body) {
        if (!header.matches("[0-9]{1,10}") || Long.parseLong(header) > body) {
            throw new Refusal(
                    Reason.MALFORMED,
                    "Inference-Header-Content-Length is " + Quoted.of(header) + ", the body has " + body + " bytes");
        }
        return Integer.parseInt(header);
    }

    private void object(JsonParser in) throws IOException {
        expect(in.nextToken() == JsonToken.START_OBJECT, "the body is no JSON object");
        boolean seen = false;
        for (String member = in.nextFieldName(); member != null; member = in.nextFieldName()) {
            in.nextToken();
            switch (member) {
                case "id" -> id = Optional.of(string(in, "id"));
                case "parameters" -> binary = Boolean.TRUE.equals(parameters(in).get("binary_data_output"));
                case "inputs" -> {
                    seen = true;
                    list(in, "inputs");
                    while (in.nextToken() != JsonToken.END_ARRAY) {
                        limit(inputs.size(), "inputs");
                        inputs.add(input(in));
                    }
                }
                case "outputs" -> {
                    list(in, "outputs");
                    while (in.nextToken() != JsonToken.END_ARRAY) {
                        limit(outputs.size(), "outputs");
                        outputs.add(output(in));
                    }
                }
                default -> throw unknown("the request", member);
            }
        }
        expect(seen, "the request has no inputs");
        expect(in.nextToken() == null, "there is more behind the JSON object");
    }

    private void limit(int held, String what) {
        if (held >= limits.tensors()) {
            throw new Refusal(Reason.TOO_LARGE, "more than " + limits.tensors() + " " + what);
        }
    }

    private Input input(JsonParser in) throws IOException {
        expect(in.currentToken() == JsonToken.START_OBJECT, "an input is no object");
        Optional<String> name = Optional.empty();
        Optional<Datatype> datatype = Optional.empty();
        Optional<Shape> shape = Optional.empty();
        Optional<Tensor> tensor = Optional.empty();
        Map<String, Object> parameters = Map.of();
        int from = -1;
        int to = -1;
        for (String member = in.nextFieldName(); member != null; member = in.nextFieldName()) {
            in.nextToken();
            switch (member) {
                case "name" -> name = Optional.of(string(in, "name"));
                case "datatype" -> datatype = Optional.of(Datatype.named(string(in, "datatype")));
                case "shape" -> shape = Optional.of(shape(in));
                case "parameters" -> parameters = parameters(in);
                case "data" -> {
                    list(in, "data");
                    if (datatype.isPresent() && shape.isPresent()) {
                        tensor = Optional.of(JsonElements.read(in, name.orElse("?"), datatype.get(), shape.get(), end));
                    } else { // The order of members is free: it is read again when type and shape are known.
                        from = Math.toIntExact(in.currentTokenLocation().getByteOffset());
                        in.skipChildren();
                        to = Math.toIntExact(in.currentLocation().getByteOffset());
                    }
                }
                default -> throw unknown("an input", member);
            }
        }
        expect(name.isPresent() && datatype.isPresent() && shape.isPresent(), "an input lacks name, datatype or shape");
        if (from >= 0) {
            try (JsonParser again = JSON.createParser(body, from, to - from)) {
                again.nextToken();
                tensor = Optional.of(
                        JsonElements.read(again, name.orElseThrow(), datatype.orElseThrow(), shape.orElseThrow(), end));
            }
        }
        Object size = parameters.get("binary_data_size");
        expect(
                tensor.isPresent() != (size != null),
                "input " + Quoted.of(name.orElseThrow())
                        + " has to have either data or the parameter binary_data_size");
        expect(
                size == null || size instanceof Integer n && n >= 0,
                "input " + Quoted.of(name.orElseThrow()) + ": binary_data_size is no number of bytes");
        return new Input(
                name.orElseThrow(),
                tensor,
                datatype.orElseThrow(),
                shape.orElseThrow(),
                size instanceof Integer n ? n : -1);
    }

    private static Output output(JsonParser in) throws IOException {
        expect(in.currentToken() == JsonToken.START_OBJECT, "an output is no object");
        Optional<String> name = Optional.empty();
        Optional<Boolean> asBinary = Optional.empty();
        for (String member = in.nextFieldName(); member != null; member = in.nextFieldName()) {
            in.nextToken();
            switch (member) {
                case "name" -> name = Optional.of(string(in, "name"));
                case "parameters" -> {
                    Object value = parameters(in).get("binary_data");
                    expect(value == null || value instanceof Boolean, "binary_data is neither true nor false");
                    asBinary = Optional.ofNullable((Boolean) value);
                }
                default -> throw unknown("an output", member);
            }
        }
        expect(name.isPresent(), "an output lacks its name");
        return new Output(name.orElseThrow(), asBinary);
    }

    private static Shape shape(JsonParser in) throws IOException {
        list(in, "shape");
        List<Long> dims = new ArrayList<>();
        for (JsonToken token = in.nextToken(); token != JsonToken.END_ARRAY; token = in.nextToken()) {
            boolean small =
                    token == JsonToken.VALUE_NUMBER_INT && in.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
            if (!small) {
                throw new Refusal(Reason.SHAPE, "an extent of a shape is no integer of 64 bits");
            }
            dims.add(in.getLongValue());
        }
        return checked(dims);
    }

    /**
     * A shape as a tensor has it.
     *
     * @throws Refusal for extents below 0, and for more elements than a tensor of this server has
     */
    public static Shape checked(List<Long> dims) {
        if (dims.size() > ServingLimits.RANK) {
            throw new Refusal(Reason.SHAPE, "a shape of rank " + dims.size() + "; at most " + ServingLimits.RANK);
        }
        long elements = 1;
        List<Integer> extents = new ArrayList<>();
        for (long dim : dims) {
            if (dim < 0) {
                throw new Refusal(Reason.SHAPE, "shape " + dims + " has a negative extent; a tensor has none");
            }
            elements = dim > Integer.MAX_VALUE ? Long.MAX_VALUE : elements * dim;
            if (elements > Integer.MAX_VALUE) {
                throw new Refusal(Reason.TOO_LARGE, "shape " + dims + " has more than 2^31 - 1 elements");
            }
            extents.add((int) dim);
        }
        return new Shape(extents);
    }

    private static Map<String, Object> parameters(JsonParser in) throws IOException {
        expect(in.currentToken() == JsonToken.START_OBJECT, "parameters are no object");
        Map<String, Object> parameters = new HashMap<>();
        for (String member = in.nextFieldName(); member != null; member = in.nextFieldName()) {
            JsonToken token = in.nextToken();
            checkParameter(member);
            switch (token) {
                case VALUE_TRUE, VALUE_FALSE -> parameters.put(member, token == JsonToken.VALUE_TRUE);
                case VALUE_NUMBER_INT ->
                    parameters.put(
                            member, in.getNumberType() == JsonParser.NumberType.INT ? (Object) in.getIntValue() : "");
                case VALUE_STRING, VALUE_NUMBER_FLOAT -> parameters.put(member, "");
                default ->
                    throw new Refusal(
                            Reason.MALFORMED,
                            "parameter " + Quoted.of(member) + " is neither text, number, true nor false");
            }
        }
        return parameters;
    }

    /** @throws Refusal for one that belongs to an extension that this server does not have and that cannot be ignored */
    public static void checkParameter(String name) {
        if (OTHER_EXTENSIONS.stream().anyMatch(name::startsWith)) {
            throw new Refusal(
                    Reason.UNSUPPORTED,
                    "parameter " + Quoted.of(name) + " belongs to an extension that this server does not have");
        }
    }

    private InferenceRequest whole(ByteBuffer behind, boolean binaryAnnounced) {
        SortedMap<String, Tensor> tensors = new TreeMap<>();
        for (Input input : inputs) {
            Tensor tensor = input.tensor().orElseGet(() -> binary(input, behind));
            expect(tensors.put(input.name(), tensor) == null, "input " + Quoted.of(input.name()) + " is there twice");
        }
        if (behind.hasRemaining()) {
            throw new Refusal(Reason.COUNT, behind.remaining() + " bytes behind the JSON that belong to no input");
        }
        Set<String> names = new HashSet<>();
        for (Output output : outputs) {
            expect(names.add(output.name()), "output " + Quoted.of(output.name()) + " is asked for twice");
        }
        expect(
                binaryAnnounced || inputs.stream().noneMatch(i -> i.binarySize() > 0),
                "binary data need the header Inference-Header-Content-Length");
        return new InferenceRequest(
                id,
                tensors,
                outputs.stream()
                        .map(o ->
                                new InferenceRequest.Wanted(o.name(), o.binary().orElse(binary)))
                        .toList(),
                binary);
    }

    private static Tensor binary(Input input, ByteBuffer behind) {
        if (input.binarySize() > behind.remaining()) {
            throw new Refusal(
                    Reason.COUNT,
                    "input " + Quoted.of(input.name()) + " has " + input.binarySize() + " bytes behind the JSON, "
                            + behind.remaining() + " are left");
        }
        ByteBuffer own = behind.slice(behind.position(), input.binarySize());
        behind.position(behind.position() + input.binarySize());
        return RawElements.read(input.name(), input.datatype(), input.shape(), own);
    }

    private static String string(JsonParser in, String what) throws IOException {
        expect(in.currentToken() == JsonToken.VALUE_STRING, what + " is no string");
        return in.getText();
    }

    private static void list(JsonParser in, String what) {
        expect(in.currentToken() == JsonToken.START_ARRAY, what + " is no list");
    }

    private static Refusal unknown(String where, String member) {
        return new Refusal(
                Reason.MALFORMED, where + " has a member " + Quoted.of(member) + " that the protocol has not");
    }

    private static void expect(boolean met, String otherwise) {
        if (!met) {
            throw new Refusal(Reason.MALFORMED, otherwise);
        }
    }
}
