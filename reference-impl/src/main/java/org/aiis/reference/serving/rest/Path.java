package org.aiis.reference.serving.rest;

import java.util.List;
import java.util.Optional;
import org.aiis.reference.serving.Refusal;

/** A path of the protocol. */
sealed interface Path {
    record Live() implements Path {}

    record Ready() implements Path {}

    record Server() implements Path {}

    record Metrics() implements Path {}

    record Model(String name, Optional<String> version) implements Path {}

    record ModelReady(String name, Optional<String> version) implements Path {}

    record Infer(String name, Optional<String> version) implements Path {}

    /** The method that goes with it. */
    default String method() {
        return this instanceof Infer ? "POST" : "GET";
    }

    /** @throws Refusal when the protocol has no such path */
    static Path of(String text) {
        List<String> parts = List.of(text.split("/", -1));
        List<String> rest = parts.subList(Math.min(2, parts.size()), parts.size());
        if (text.equals("/metrics")) {
            return new Metrics();
        } else if (text.equals("/v2") || text.equals("/v2/")) {
            return new Server();
        } else if (text.startsWith("/v2/") && rest.equals(List.of("health", "live"))) {
            return new Live();
        } else if (text.startsWith("/v2/") && rest.equals(List.of("health", "ready"))) {
            return new Ready();
        } else if (text.startsWith("/v2/models/") && rest.size() > 1) {
            String name = rest.get(1);
            boolean versioned = rest.size() > 3 && rest.get(2).equals("versions");
            Optional<String> version = versioned ? Optional.of(rest.get(3)) : Optional.empty();
            List<String> verb = rest.subList(versioned ? 4 : 2, rest.size());
            if (verb.isEmpty()) {
                return new Model(name, version);
            } else if (verb.equals(List.of("ready"))) {
                return new ModelReady(name, version);
            } else if (verb.equals(List.of("infer"))) {
                return new Infer(name, version);
            }
        }
        throw new Refusal(
                Refusal.Reason.NOT_FOUND,
                "the protocol has no such path; it has v2, v2/health/live, v2/health/ready, v2/models/MODEL,"
                        + " v2/models/MODEL/ready, v2/models/MODEL/infer, each of the last three also with versions/VERSION");
    }
}
