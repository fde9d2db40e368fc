package org.aiis.spec.tensor;

import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.codec.JsonText;

/**
 * A tensor in JSON: elements little-endian, compressed with zlib where they are many and that is shorter, in Base64; strings as
 * they are.
 *
 * @param data Base64 of the elements; behind "z:" when compressed
 */
record TensorJson(ElementType type, Shape shape, Optional<String> data, Optional<List<String>> strings) {
    /** Bytes below which it does not pay to try: of a run's evidence these are a tenth, of which a quarter would be saved. */
    private static final int COMPRESSED_FROM = 1024;

    /** Its quarter of a megabyte of tables is made once a thread: for a small tensor that took longer than the rest. */
    private static final ThreadLocal<Deflater> DEFLATERS = ThreadLocal.withInitial(() -> new Deflater(6));

    static TensorJson encode(Tensor tensor) {
        if (tensor.type() == ElementType.STRING) {
            return new TensorJson(tensor.type(), tensor.shape(), Optional.empty(), Optional.of(tensor.strings()));
        }
        byte[] raw = tensor.toByteArray();
        byte[] packed = raw.length < COMPRESSED_FROM ? raw : deflate(raw);
        String text = packed.length < raw.length
                ? "z:" + Base64.getEncoder().encodeToString(packed)
                : Base64.getEncoder().encodeToString(raw);
        return new TensorJson(tensor.type(), tensor.shape(), Optional.of(text), Optional.empty());
    }

    /** Its canonical JSON. */
    void writeTo(JsonText out) {
        if (data.isPresent()) {
            out.raw("{\"data\":\"").raw(data.get()).raw("\",\"shape\":").numbers(shape.dims());
        } else {
            out.raw("{\"shape\":").numbers(shape.dims());
            out.raw(",\"strings\":").list(strings.orElse(List.of()), out::quoted);
        }
        out.raw(",\"type\":").quoted(type.label()).raw("}");
    }

    Tensor decode() {
        if (type == ElementType.STRING) {
            return Tensor.ofStrings(shape, strings.orElse(List.of()));
        }
        String text = data.orElse("");
        try {
            if (!text.startsWith("z:")) {
                return Tensor.ofBytes(type, shape, Base64.getDecoder().decode(text));
            }
            return Tensor.ofBytes(
                    type,
                    shape,
                    inflate(
                            Base64.getDecoder().decode(text.substring(2)),
                            Math.multiplyExact(shape.size(), type.bytes())));
        } catch (IllegalArgumentException | DataFormatException e) {
            throw InputException.because("tensor data that is not Base64 or not zlib", e);
        }
    }

    private static byte[] deflate(byte[] raw) {
        Deflater deflater = DEFLATERS.get();
        deflater.reset();
        deflater.setInput(raw);
        deflater.finish();
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        while (!deflater.finished()) {
            packed.write(buffer, 0, deflater.deflate(buffer));
        }
        return packed.toByteArray();
    }

    /** Inflates to just the size that type and shape need, so that no small text makes a large tensor. */
    private static byte[] inflate(byte[] packed, int size) throws DataFormatException {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(packed);
            byte[] raw = new byte[size];
            int done = 0;
            while (done < size) {
                int n = inflater.inflate(raw, done, size - done);
                if (n == 0 && (inflater.finished() || inflater.needsInput() || inflater.needsDictionary())) {
                    throw new DataFormatException("fewer bytes than type and shape need");
                }
                done += n;
            }
            if (size == 0 ? packed.length > 64 : !inflater.finished() && inflater.inflate(new byte[1]) > 0) {
                throw new DataFormatException("more bytes than type and shape need");
            }
            return raw;
        } finally {
            inflater.end();
        }
    }
}
