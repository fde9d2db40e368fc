package org.aiis.conformance.selftest;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.DataInputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.CRC32;
import org.aiis.onnx.ModelProto;
import org.aiis.onnx.NodeProto;

/**
 * A worker written from spec/worker-protocol.md alone, with none of the suite's own code for frames, whose runtime knows Identity and
 * Add of float32. Its arguments name the rules that it breaks; without one it breaks none.
 */
public final class FaultyAdapter {
    private static final ObjectMapper STRICT = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final ObjectMapper LENIENT = new ObjectMapper();
    private static final Map<String, Set<String>> MEMBERS = Map.of(
            "describe", Set.of("step", "protocol"),
            "load", Set.of("step", "model", "bytes", "profiled"),
            "put", Set.of("step", "tensor", "value"),
            "run", Set.of("step", "model", "inputs", "kept", "keep", "fetch"),
            "get", Set.of("step", "tensor"),
            "drop", Set.of("step", "tensor"),
            "close", Set.of("step", "model"),
            "measure", Set.of("step", "model", "samples", "settings"));

    private final Set<String> faults;
    /** Not the bare file stream: it asks a pipe for its length. */
    private final InputStream in = new DataInputStream(new FileInputStream(FileDescriptor.in));

    private final OutputStream out;
    private final int limit = Integer.parseInt(System.getenv().getOrDefault("AIIS_FRAME_LIMIT", "536870912"));
    private final Map<String, Value> tensors = new HashMap<>();
    private final Map<String, ModelProto> models = new HashMap<>();
    private final List<Object> leaked = new ArrayList<>();
    private List<byte[]> attachments = List.of();
    private final Set<Integer> used = new TreeSet<>();
    private long answered;

    private record Value(String type, List<Integer> shape, byte[] bytes) {}

    /** The suite broke the protocol. */
    private static final class Violation extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private FaultyAdapter(Set<String> faults) throws IOException {
        this.faults = faults;
        String descriptor = has("descriptor-3") ? "3" : System.getenv().getOrDefault("AIIS_ANSWERS_FD", "1");
        out = has("standard-output") || descriptor.equals("1")
                ? new FileOutputStream(FileDescriptor.out)
                : pipe(descriptor);
    }

    /** Descriptor 3 of a Java process that was given none is the file of the JDK's modules, which opening would empty. */
    private static OutputStream pipe(String descriptor) throws IOException {
        Path path = Path.of("/dev/fd/" + descriptor);
        if (Files.isRegularFile(path)) {
            throw new IOException("descriptor " + descriptor + " is no pipe");
        }
        return Files.newOutputStream(path, StandardOpenOption.WRITE);
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        FaultyAdapter adapter = new FaultyAdapter(Set.of(arguments));
        try {
            while (adapter.serve()) {}
        } catch (Violation e) {
            if (adapter.has("lives-on")) {
                Thread.sleep(60_000);
            }
        }
        if (adapter.has("stays")) {
            Thread.sleep(60_000);
        }
        Runtime.getRuntime().halt(0);
    }

    private boolean has(String fault) {
        return faults.contains(fault);
    }

    private static void demand(boolean right) {
        if (!right) {
            throw new Violation();
        }
    }

    private byte[] read(int count) throws IOException {
        if (has("one-read")) {
            byte[] bytes = new byte[count];
            return in.read(bytes) < 0 ? new byte[0] : bytes;
        }
        return in.readNBytes(count);
    }

    private boolean serve() throws IOException {
        byte[] preamble = read(12);
        if (preamble.length < 12) {
            return false;
        }
        ByteBuffer fields = ByteBuffer.wrap(preamble).order(ByteOrder.LITTLE_ENDIAN);
        demand(fields.getInt() == 0x53494941 || has("any-magic"));
        int length = fields.getInt();
        demand(length >= 8 && length <= limit || has("any-length"));
        byte[] payload = read(length < 0 ? Integer.MAX_VALUE - 8 : length);
        if (payload.length < length) {
            return false;
        }
        CRC32 crc = new CRC32();
        crc.update(payload);
        demand((int) crc.getValue() == fields.getInt() || has("any-crc"));
        JsonNode message = header(ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN));
        answer(message);
        return true;
    }

    private JsonNode header(ByteBuffer payload) {
        byte[] header = take(payload);
        int count = payload.getInt();
        demand(count >= 0 && count <= payload.remaining() / 4);
        List<byte[]> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(take(payload));
        }
        demand(!payload.hasRemaining() || has("trailing"));
        attachments = all;
        used.clear();
        try {
            return (has("lenient") ? LENIENT : STRICT).readTree(header);
        } catch (IOException e) {
            throw new Violation();
        }
    }

    private static byte[] take(ByteBuffer from) {
        demand(from.remaining() >= 4);
        int length = from.getInt();
        demand(length >= 0 && length <= from.remaining());
        byte[] bytes = new byte[length];
        from.get(bytes);
        return bytes;
    }

    private void answer(JsonNode message) throws IOException {
        demand(message.isObject() && message.path("id").isIntegralNumber());
        JsonNode request = message.path("request");
        Set<String> members = MEMBERS.get(request.path("step").asText());
        demand(members != null);
        if (!has("unknown-members")) {
            request.fieldNames().forEachRemaining(name -> demand(members.contains(name)));
        }
        List<Value> sent = new ArrayList<>();
        ObjectNode body = STRICT.createObjectNode();
        perform(request, body, sent);
        demand(used.size() == attachments.size() || has("unused"));
        long id = has("own-ids") ? answered : message.path("id").asLong();
        answered++;
        ObjectNode answer = STRICT.createObjectNode();
        answer.set("answer", body);
        answer.put("id", id);
        send(answer, sent);
        if (has("twice")) {
            send(answer, sent);
        }
    }

    private void send(ObjectNode answer, List<Value> sent) throws IOException {
        byte[] header = STRICT.writeValueAsBytes(answer);
        long size = 8L
                + header.length
                + sent.stream().mapToLong(v -> 4L + v.bytes().length).sum();
        if (size > limit && !has("over-limit")) {
            ObjectNode small = STRICT.createObjectNode();
            small.set(
                    "answer",
                    STRICT.createObjectNode().put("kind", "not-driven").put("reason", "over the limit"));
            small.set("id", answer.get("id"));
            send(small, List.of());
            return;
        }
        ByteBuffer frame = ByteBuffer.allocate(12 + (int) size).order(ByteOrder.LITTLE_ENDIAN);
        frame.position(12);
        frame.putInt(header.length).put(header).putInt(sent.size());
        sent.forEach(v -> frame.putInt(v.bytes().length).put(v.bytes()));
        CRC32 crc = new CRC32();
        crc.update(frame.array(), 12, (int) size);
        frame.putInt(0, 0x53494941).putInt(4, (int) size).putInt(8, (int) crc.getValue());
        if (has("prints")) {
            out.write("loaded plugin\n".getBytes(StandardCharsets.US_ASCII));
        }
        out.write(frame.array());
        out.flush();
    }

    private void perform(JsonNode request, ObjectNode body, List<Value> sent) {
        switch (request.path("step").asText()) {
            case "describe" -> describe(request, body);
            case "load" -> load(request, body);
            case "put" -> {
                String handle = text(request, "tensor");
                Value value = tensor(request.path("value"));
                if (!has("keeps-first") || !tensors.containsKey(handle)) {
                    tensors.put(handle, value);
                }
                if (has("leaks-tensors")) {
                    leaked.add(value);
                }
                outputs(body, Map.of(), sent);
            }
            case "get" -> {
                Value value = tensors.get(text(request, "tensor"));
                if (value == null) {
                    unknown(body);
                } else {
                    outputs(body, Map.of(text(request, "tensor"), value), sent);
                }
            }
            case "drop" -> {
                if (!has("never-drops")) {
                    tensors.remove(text(request, "tensor"));
                }
                outputs(body, Map.of(), sent);
            }
            case "close" -> {
                String handle = text(request, "model");
                if (!models.containsKey(handle)) {
                    unknown(body);
                } else {
                    ModelProto model = has("never-closes") ? models.get(handle) : models.remove(handle);
                    if (has("leaks-models")) {
                        leaked.add(model.toByteArray());
                    }
                    outputs(body, Map.of(), sent);
                }
            }
            case "run" -> run(request, body, sent);
            default -> {
                request.path("samples").forEach(sample -> sample.forEach(this::tensor));
                body.put("kind", "not-driven").put("reason", "no load generator");
            }
        }
    }

    private static String text(JsonNode request, String member) {
        demand(request.path(member).isTextual());
        return request.path(member).asText();
    }

    private void unknown(ObjectNode body) {
        if (has("rejects-unknown")) {
            rejected(body, "RUN", "no such handle");
        } else {
            body.put("kind", "not-driven").put("reason", "no such handle");
        }
    }

    private static void rejected(ObjectNode body, String phase, String message) {
        body.put("kind", "rejected").put("phase", phase).put("code", "FAIL").put("message", message);
    }

    private void describe(JsonNode request, ObjectNode body) {
        demand(request.path("protocol").isInt());
        if (request.path("protocol").asInt() != 1 && !has("any-protocol")) {
            body.put("kind", "refused").put("message", "speaks protocol 1");
            return;
        }
        body.put("kind", "described").put("protocol", 1);
        ObjectNode sut = body.putObject("sut");
        sut.put("name", "Faulty")
                .put("vendor", "tests")
                .put("version", "1")
                .put("backend", "x")
                .put("provider", "CPU");
        sut.putObject("libraries");
        ObjectNode properties = sut.putObject("properties");
        if (has("uptime")) {
            properties.put("started", Long.toString(System.nanoTime()));
        }
    }

    private void load(JsonNode request, ObjectNode body) {
        demand(request.path("bytes").isInt() && request.path("profiled").isBoolean());
        byte[] bytes = attachment(request.path("bytes").asInt());
        try {
            ModelProto model = ModelProto.parseFrom(bytes);
            String handle = text(request, "model");
            if (!has("keeps-first") || !models.containsKey(handle)) {
                models.put(handle, model);
            }
            outputs(body, Map.of(), new ArrayList<>());
        } catch (InvalidProtocolBufferException e) {
            if (has("dies-of-garbage")) {
                Runtime.getRuntime().halt(134);
            }
            rejected(body, has("phase-run") ? "RUN" : "LOAD", String.valueOf(e.getMessage()));
        }
    }

    private void run(JsonNode request, ObjectNode body, List<Value> sent) {
        Map<String, Value> values = new HashMap<>();
        for (var input : request.path("inputs").properties()) {
            values.put(input.getKey(), tensor(input.getValue()));
        }
        for (var input : request.path("kept").properties()) {
            Value value = tensors.get(input.getValue().asText());
            if (value == null) {
                unknown(body);
                return;
            }
            values.put(input.getKey(), value);
        }
        ModelProto model = models.get(text(request, "model"));
        if (model == null) {
            unknown(body);
            return;
        }
        model.getGraph()
                .getInitializerList()
                .forEach(i -> values.put(
                        i.getName(),
                        new Value(
                                "float32",
                                i.getDimsList().stream().map(Long::intValue).toList(),
                                i.getRawData().toByteArray())));
        for (NodeProto node : model.getGraph().getNodeList()) {
            List<Value> inputs = new ArrayList<>();
            for (String name : node.getInputList()) {
                if (!values.containsKey(name)) {
                    rejected(body, "RUN", "no value for " + name);
                    return;
                }
                inputs.add(values.get(name));
            }
            if (node.getOpType().equals("Add") && !inputs.get(0).type().equals("float32")) {
                rejected(body, "RUN", "Add of " + inputs.get(0).type());
                return;
            }
            values.put(node.getOutput(0), node.getOpType().equals("Add") ? add(inputs) : inputs.get(0));
        }
        answer(request, model, values, body, sent);
    }

    private void answer(
            JsonNode request, ModelProto model, Map<String, Value> values, ObjectNode body, List<Value> sent) {
        Set<String> kept = new TreeSet<>();
        for (var keep : request.path("keep").properties()) {
            tensors.put(keep.getValue().asText(), values.get(keep.getKey()));
            kept.add(keep.getKey());
        }
        Set<String> fetched = new TreeSet<>();
        request.path("fetch").forEach(name -> fetched.add(name.asText()));
        Map<String, Value> wanted = new HashMap<>();
        model.getGraph().getOutputList().forEach(o -> {
            boolean all = fetched.isEmpty() && kept.isEmpty() || has("fetches-all");
            if (all || fetched.contains(o.getName())) {
                wanted.put(o.getName(), values.get(o.getName()));
            }
        });
        outputs(body, wanted, sent);
    }

    private static Value add(List<Value> inputs) {
        ByteBuffer a = ByteBuffer.wrap(inputs.get(0).bytes()).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer b = ByteBuffer.wrap(inputs.get(1).bytes()).order(ByteOrder.LITTLE_ENDIAN);
        int size = Math.max(a.capacity(), b.capacity());
        ByteBuffer sum = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < size; i += 4) {
            sum.putFloat(i, a.getFloat(i % a.capacity()) + b.getFloat(i % b.capacity()));
        }
        Value larger = inputs.get(a.capacity() >= b.capacity() ? 0 : 1);
        return new Value("float32", larger.shape(), sum.array());
    }

    private byte[] attachment(int index) {
        demand(index >= 0 && index < attachments.size() && used.add(index));
        return attachments.get(index);
    }

    private static int width(String type) {
        return switch (type) {
            case "bool", "uint8", "int8" -> 1;
            case "uint16", "int16", "float16", "bfloat16" -> 2;
            case "float32", "int32", "uint32" -> 4;
            case "float64", "int64", "uint64" -> 8;
            default -> throw new Violation();
        };
    }

    private Value tensor(JsonNode reference) {
        String type = text(reference, "type");
        List<Integer> shape = new ArrayList<>();
        long elements = 1;
        for (JsonNode extent : reference.path("shape")) {
            demand(extent.isInt() && extent.asInt() >= 0);
            shape.add(extent.asInt());
            elements *= extent.asInt();
            demand(elements <= Integer.MAX_VALUE);
        }
        byte[] bytes = attachment(reference.path("attachment").asInt(-1));
        if (type.equals("string")) {
            bytes = strings(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN), elements);
        } else {
            demand(bytes.length == elements * width(type) || has("any-size"));
        }
        if (has("swaps") && type.equals("int16")) {
            for (int i = 0; i + 1 < bytes.length; i += 2) {
                byte low = bytes[i];
                bytes[i] = bytes[i + 1];
                bytes[i + 1] = low;
            }
        }
        return new Value(type, has("scalar-is-a-row") && shape.isEmpty() ? List.of(1) : shape, bytes);
    }

    private byte[] strings(ByteBuffer from, long count) {
        List<byte[]> all = new ArrayList<>();
        while (from.hasRemaining()) {
            byte[] utf8 = take(from);
            String text = new String(utf8, StandardCharsets.UTF_8);
            demand(Arrays.equals(text.getBytes(StandardCharsets.UTF_8), utf8));
            int nul = text.indexOf('\0');
            if (nul >= 0 && has("cuts-at-nul")) {
                text = text.substring(0, nul);
            }
            all.add(text.getBytes(has("latin-1") ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8));
        }
        demand(all.size() == count);
        ByteBuffer bytes = ByteBuffer.allocate(
                        all.stream().mapToInt(b -> 4 + b.length).sum())
                .order(ByteOrder.LITTLE_ENDIAN);
        all.forEach(b -> bytes.putInt(b.length).put(b));
        return bytes.array();
    }

    private static void outputs(ObjectNode body, Map<String, Value> values, List<Value> sent) {
        body.put("kind", "outputs");
        body.putArray("placement");
        ObjectNode written = body.putObject("values");
        values.forEach((name, value) -> {
            ObjectNode reference = written.putObject(name);
            reference.put("attachment", sent.size()).put("type", value.type());
            value.shape().forEach(reference.putArray("shape")::add);
            sent.add(value);
        });
    }
}
