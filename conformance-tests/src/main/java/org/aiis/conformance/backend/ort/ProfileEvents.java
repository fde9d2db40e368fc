package org.aiis.conformance.backend.ort;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.aiis.spec.codec.Codec;
import org.aiis.spec.codec.InputException;

/**
 * The events of a profile that ONNX Runtime writes, as they come: of each node's the sizes and shapes are most of it, and are passed
 * over.
 */
final class ProfileEvents {
    /** Of a million events, which is as many as ONNX Runtime notes. */
    private static final long LARGEST = 2L << 30;

    private static final String SUFFIX = "_kernel_time";
    private static final String RUN = "model_run";

    private ProfileEvents() {}

    /**
     * An event.
     *
     * @param start in microseconds
     * @param micros that it lasted
     */
    record Noted(String category, String name, String op, String provider, long start, long micros) {
        /** Whether a kernel ran. */
        boolean isKernel() {
            return category.equals("Node") && name.endsWith(SUFFIX) && !provider.isEmpty();
        }

        /** Whether a run of the session is over; its kernels come before it. */
        boolean isEndOfRun() {
            return category.equals("Session") && name.equals(RUN);
        }

        /** Of a kernel: the name of its node. */
        String node() {
            return name.substring(0, name.length() - SUFFIX.length());
        }
    }

    /** @throws InputException when it is larger than any that ONNX Runtime writes, or torn */
    static void each(Path file, Consumer<Noted> to) {
        try {
            if (Files.size(file) > LARGEST) {
                throw InputException.of("profile: larger than " + (LARGEST >> 20) + " MiB", "");
            }
            try (InputStream text = Files.newInputStream(file);
                    JsonParser from = Codec.tokens(text)) {
                if (from.nextToken() != JsonToken.START_ARRAY) {
                    throw InputException.of("profile: not a list", "");
                }
                while (from.nextToken() == JsonToken.START_OBJECT) {
                    to.accept(event(from));
                }
                if (from.currentToken() != JsonToken.END_ARRAY || from.nextToken() != null) {
                    throw InputException.of("profile: not a list of objects", "");
                }
            }
        } catch (IOException e) {
            throw InputException.because("profile: torn", e);
        }
    }

    private static Noted event(JsonParser from) throws IOException {
        String category = "";
        String name = "";
        String op = "";
        String provider = "";
        long start = 0;
        long micros = 0;
        while (from.nextToken() == JsonToken.FIELD_NAME) {
            switch (from.currentName()) {
                case "cat" -> category = text(from);
                case "name" -> name = text(from);
                case "ts" -> start = number(from);
                case "dur" -> micros = number(from);
                case "args" -> {
                    if (from.nextToken() == JsonToken.START_OBJECT) {
                        while (from.nextToken() == JsonToken.FIELD_NAME) {
                            switch (from.currentName()) {
                                case "op_name" -> op = text(from);
                                case "provider" -> provider = text(from);
                                default -> passed(from);
                            }
                        }
                    } else {
                        from.skipChildren();
                    }
                }
                default -> passed(from);
            }
        }
        return new Noted(category, name, op, provider, start, micros);
    }

    private static void passed(JsonParser from) throws IOException {
        from.nextToken();
        from.skipChildren();
    }

    /** Of what is no text, none. */
    private static String text(JsonParser from) throws IOException {
        if (from.nextToken() == JsonToken.VALUE_STRING) {
            return from.getText();
        }
        from.skipChildren();
        return "";
    }

    /** Of what is no whole number, 0. */
    private static long number(JsonParser from) throws IOException {
        if (from.nextToken() == JsonToken.VALUE_NUMBER_INT) {
            return from.getLongValue();
        }
        from.skipChildren();
        return 0;
    }
}
