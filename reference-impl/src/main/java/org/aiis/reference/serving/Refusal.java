package org.aiis.reference.serving;

/** A request that is not answered with tensors, and why. */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final Reason reason;

    public Refusal(Reason reason, String message) {
        super(message, null, false, false); // Requests are hostile: none may cost a stack trace.
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** What a client reads: the word of the reason, which is stable, and what was expected and found. */
    public String told() {
        return reason.word() + ": " + getMessage();
    }

    /** Whose fault it is and what to do about it. The first eleven are faults of the request. */
    public enum Reason {
        /** The body is no JSON, no protobuf, or lacks what the protocol demands. */
        MALFORMED("malformed", 400),
        /** The number of elements or bytes does not fit shape and type. */
        COUNT("count", 400),
        /** A shape that no tensor has, or that the model does not take. */
        SHAPE("shape", 400),
        /** An element type that is not the input's, or that the form of the data cannot carry. */
        TYPE("type", 400),
        /** A number or text that the declared type cannot represent. */
        NUMBER("number", 400),
        /** A tensor that the model does not have, or one that it needs and that is not there. */
        NAME("name", 400),
        /** The model refused to run on these inputs. */
        REFUSED_BY_MODEL("refused-by-model", 400),
        /** No such model, version or path. */
        NOT_FOUND("not-found", 404),
        /** Not a method of this path. */
        METHOD("method", 405),
        /** NaN, an infinity, FP16 or BF16 in an output asked for in JSON: ask for binary data. */
        NOT_IN_JSON("not-in-json", 406),
        /** Larger than the server takes. */
        TOO_LARGE("too-large", 413),
        /** A coding, an extension or a kind of value that this server does not have. */
        UNSUPPORTED("unsupported", 415),
        /** Too many requests at once: later is better. */
        BUSY("busy", 503),
        /** Not done within the time that the server gives a request. */
        LATE("late", 503),
        /** The server is going down, or the model is not there yet or any more. */
        NOT_READY("not-ready", 503),
        /** A fault of the server. */
        INTERNAL("internal", 500);

        private final String word;
        private final int status;

        Reason(String word, int status) {
            this.word = word;
            this.status = status;
        }

        public String word() {
            return word;
        }

        /** Status of HTTP. */
        public int status() {
            return status;
        }
    }
}
