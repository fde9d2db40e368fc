package org.aiis.conformance.catalogue.pipeline;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.Observation;
import org.aiis.spec.testing.Recorded;
import org.assertj.core.api.Assertions;

/** What a server answered to the calls of an exchange, in their order. */
record Served(List<Answer> answers) {
    /** Keeps the text of numbers, and refuses NaN, members that are there twice, and text behind the document. */
    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** Of the last exchange of a script. */
    static Served of(Observation observation, int calls) {
        List<Observation> steps = Played.of(observation).answers();
        SortedMap<String, Recorded> told = ((Observation.Outputs) steps.get(steps.size() - 1)).values();
        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            Assertions.assertThat(told).as("answers of the server").containsKey(i + "/status");
            answers.add(new Answer(i, told));
        }
        return new Served(answers);
    }

    Answer get(int call) {
        return answers.get(call);
    }

    /** One answer. */
    static final class Answer {
        private final String prefix;
        private final Map<String, Recorded> told;

        private Answer(int call, Map<String, Recorded> told) {
            this.prefix = call + "/";
            this.told = told;
        }

        private Tensor tensor(String name) {
            Recorded recorded = told.get(prefix + name);
            if (recorded == null) {
                throw new AssertionError("call " + prefix + ": no " + name + " in the answer");
            }
            return recorded.tensor();
        }

        int status() {
            return (int) tensor("status").integer(0);
        }

        byte[] body() {
            return tensor("body").toByteArray();
        }

        String text() {
            String text = new String(body(), StandardCharsets.UTF_8);
            return text.length() > 200 ? text.substring(0, 200) + "…" : text;
        }

        /** The JSON in front of binary data, which is all where there are none. */
        JsonNode json() {
            byte[] body = body();
            int length = jsonLength();
            try {
                return JSON.readTree(body, 0, length < 0 ? body.length : Math.min(length, body.length));
            } catch (IOException e) {
                throw new AssertionError("call " + prefix + " answered with " + status() + " and no JSON: " + text());
            }
        }

        /** As its header has it; -1 for none. */
        int jsonLength() {
            String name = prefix + "header/inference-header-content-length";
            return told.containsKey(name)
                            && tensor("header/inference-header-content-length")
                                    .string(0)
                                    .matches("\\d{1,9}")
                    ? Integer.parseInt(
                            tensor("header/inference-header-content-length").string(0))
                    : -1;
        }

        Answer succeeds(String what) {
            Assertions.assertThat(status())
                    .as("status of %s (%s)", what, text())
                    .isEqualTo(200);
            return this;
        }

        /** A client error with an object that says what is wrong, or, for illegal framing alone, the end of the connection. */
        void isClientError(String what, boolean mayEnd) {
            if (mayEnd && status() < 0) {
                return;
            }
            Assertions.assertThat(status())
                    .as("status of %s (%s)", what, text())
                    .isBetween(400, 499);
            JsonNode error = json();
            Assertions.assertThat(error.path("error").isTextual())
                    .as("member error of the answer to %s (%s)", what, text())
                    .isTrue();
        }

        /** An output by its name; there has to be one. */
        JsonNode output(String name) {
            for (JsonNode output : json().path("outputs")) {
                if (output.path("name").asText().equals(name)) {
                    return output;
                }
            }
            throw new AssertionError("no output " + name + " in " + text());
        }

        /** Binary data of all outputs. */
        byte[] raw() {
            byte[] body = body();
            int length = jsonLength();
            Assertions.assertThat(length)
                    .as("Inference-Header-Content-Length of an answer of %d bytes", body.length)
                    .isBetween(0, body.length);
            return java.util.Arrays.copyOfRange(body, length, body.length);
        }
    }
}
