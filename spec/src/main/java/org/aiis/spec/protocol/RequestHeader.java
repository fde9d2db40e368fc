package org.aiis.spec.protocol;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.aiis.spec.protocol.Attachments.Reference;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.Tensor;
import org.aiis.spec.testing.LoadSettings;
import org.aiis.spec.testing.Step;

/** The JSON of requests: the steps with references in place of tensors and models. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "step")
@JsonSubTypes({
    @JsonSubTypes.Type(value = RequestHeader.Describe.class, name = "describe"),
    @JsonSubTypes.Type(value = RequestHeader.Load.class, name = "load"),
    @JsonSubTypes.Type(value = RequestHeader.Put.class, name = "put"),
    @JsonSubTypes.Type(value = RequestHeader.Run.class, name = "run"),
    @JsonSubTypes.Type(value = RequestHeader.Get.class, name = "get"),
    @JsonSubTypes.Type(value = RequestHeader.Drop.class, name = "drop"),
    @JsonSubTypes.Type(value = RequestHeader.Close.class, name = "close"),
    @JsonSubTypes.Type(value = RequestHeader.Measure.class, name = "measure"),
    @JsonSubTypes.Type(value = RequestHeader.Together.class, name = "together"),
    @JsonSubTypes.Type(value = RequestHeader.Cycle.class, name = "cycle"),
    @JsonSubTypes.Type(value = RequestHeader.Cancel.class, name = "cancel"),
    @JsonSubTypes.Type(value = RequestHeader.Compile.class, name = "compile"),
    @JsonSubTypes.Type(value = RequestHeader.Restore.class, name = "restore"),
    @JsonSubTypes.Type(value = RequestHeader.LoadFolder.class, name = "load-folder"),
    @JsonSubTypes.Type(value = RequestHeader.LoadPath.class, name = "load-path")
})
sealed interface RequestHeader {
    record Numbered(long id, RequestHeader request) {}

    Request read(Attachments from) throws ProtocolViolation;

    static RequestHeader of(Request request, Attachments to) {
        if (request instanceof Request.Describe describe) {
            return new Describe(describe.protocol());
        }
        return of(((Request.Perform) request).step(), to);
    }

    private static RequestHeader of(Step step, Attachments to) {
        if (step instanceof Step.Load s) {
            return new Load(
                    s.model(),
                    to.add(s.bytes().view()),
                    s.profiled(),
                    s.timed() ? Optional.of(true) : Optional.empty());
        } else if (step instanceof Step.Put s) {
            return new Put(s.tensor(), to.add(s.value()));
        } else if (step instanceof Step.Run s) {
            SortedMap<String, Reference> inline = new TreeMap<>();
            SortedMap<String, String> kept = new TreeMap<>();
            s.inputs().forEach((name, feed) -> {
                if (feed instanceof Step.Feed.Inline i) {
                    inline.put(name, to.add(i.tensor()));
                } else if (feed instanceof Step.Feed.Kept k) {
                    kept.put(name, k.tensor());
                }
            });
            return new Run(s.model(), inline, kept, s.keep(), s.fetch());
        } else if (step instanceof Step.Get s) {
            return new Get(s.tensor());
        } else if (step instanceof Step.Drop s) {
            return new Drop(s.tensor());
        } else if (step instanceof Step.Close s) {
            return new Close(s.model());
        } else if (step instanceof Step.Measure s) {
            List<SortedMap<String, Reference>> samples = new ArrayList<>();
            for (SortedMap<String, Tensor> sample : s.samples()) {
                SortedMap<String, Reference> references = new TreeMap<>();
                sample.forEach((name, tensor) -> references.put(name, to.add(tensor)));
                samples.add(references);
            }
            return new Measure(s.model(), samples, s.settings());
        } else if (step instanceof Step.Together s) {
            List<RequestHeader> steps = new ArrayList<>();
            s.steps().forEach(each -> steps.add(of(each, to)));
            return new Together(steps, s.times());
        } else if (step instanceof Step.Cycle s) {
            int bytes = to.add(s.bytes().view());
            SortedMap<String, Reference> inputs = new TreeMap<>();
            s.inputs().forEach((name, tensor) -> inputs.put(name, to.add(tensor)));
            return new Cycle(bytes, inputs, s.cycles(), s.every());
        } else if (step instanceof Step.Cancel s) {
            return new Cancel(of(s.run(), to), s.afterMillis());
        } else if (step instanceof Step.Compile s) {
            return new Compile(s.tensor(), to.add(s.bytes().view()));
        } else if (step instanceof Step.Restore s) {
            return new Restore(s.model(), s.tensor());
        } else if (step instanceof Step.LoadFolder s) {
            SortedMap<String, Integer> files = new TreeMap<>();
            s.files().forEach((file, bytes) -> files.put(file, to.add(bytes.view())));
            return new LoadFolder(s.model(), s.path(), files);
        } else if (step instanceof Step.LoadPath s) {
            return new LoadPath(s.model(), s.path(), s.profiled(), s.timed() ? Optional.of(true) : Optional.empty());
        }
        throw new IllegalArgumentException("the suite performs LoadExported and Exchange before the wire");
    }

    record Describe(int protocol) implements RequestHeader {
        @Override
        public Request read(Attachments from) {
            return new Request.Describe(protocol);
        }
    }

    /** A worker that does not time nodes may refuse members that it does not know: {@code timed} stands where it is asked for. */
    record Load(String model, int bytes, boolean profiled, Optional<Boolean> timed) implements RequestHeader {
        @Override
        public Request read(Attachments from) throws ProtocolViolation {
            return new Request.Perform(new Step.Load(model, from.bytes(bytes), profiled, timed.orElse(false)));
        }
    }

    record Put(String tensor, Reference value) implements RequestHeader {
        @Override
        public Request read(Attachments from) throws ProtocolViolation {
            return new Request.Perform(new Step.Put(tensor, from.tensor(value)));
        }
    }

    record Run(
            String model,
            SortedMap<String, Reference> inputs,
            SortedMap<String, String> kept,
            SortedMap<String, String> keep,
            List<String> fetch)
            implements RequestHeader {
        @Override
        public Request read(Attachments from) throws ProtocolViolation {
            SortedMap<String, Step.Feed> feeds = new TreeMap<>();
            from.tensors(inputs).forEach((name, tensor) -> feeds.put(name, new Step.Feed.Inline(tensor)));
            for (var entry : kept.entrySet()) {
                if (feeds.put(entry.getKey(), new Step.Feed.Kept(entry.getValue())) != null) {
                    throw new ProtocolViolation("input '" + entry.getKey() + "' is fed twice");
                }
            }
            return new Request.Perform(new Step.Run(model, feeds, keep, fetch));
        }
    }

    record Get(String tensor) implements RequestHeader {
        @Override
        public Request read(Attachments from) {
            return new Request.Perform(new Step.Get(tensor));
        }
    }

    record Drop(String tensor) implements RequestHeader {
        @Override
        public Request read(Attachments from) {
            return new Request.Perform(new Step.Drop(tensor));
        }
    }

    record Close(String model) implements RequestHeader {
        @Override
        public Request read(Attachments from) {
            return new Request.Perform(new Step.Close(model));
        }
    }

    record Measure(String model, List<SortedMap<String, Reference>> samples, LoadSettings settings)
            implements RequestHeader {
        @Override
        public Request read(Attachments from) throws ProtocolViolation {
            List<SortedMap<String, Tensor>> tensors = new ArrayList<>();
            for (SortedMap<String, Reference> sample : samples) {
                tensors.add(from.tensors(sample));
            }
            return new Request.Perform(new Step.Measure(model, tensors, settings));
        }
    }

    record Together(List<RequestHeader> steps, int times) implements RequestHeader {
        @Override
        public Request read(Attachments from) throws ProtocolViolation {
            List<Step> performed = new ArrayList<>();
            for (RequestHeader each : steps) {
                performed.add(within(each, from));
            }
            return within(() -> new Step.Together(performed, times));
        }
    }

    record Cycle(int bytes, SortedMap<String, Reference> inputs, int cycles, int every) implements RequestHeader {
        @Override
        public Request read(Attachments from) throws ProtocolViolation {
            Bytes model = from.bytes(bytes);
            SortedMap<String, Tensor> tensors = from.tensors(inputs);
            return within(() -> new Step.Cycle(model, tensors, cycles, every));
        }
    }

    record Cancel(RequestHeader run, int afterMillis) implements RequestHeader {
        @Override
        public Request read(Attachments from) throws ProtocolViolation {
            if (within(run, from) instanceof Step.Run cancelled) {
                return within(() -> new Step.Cancel(cancelled, afterMillis));
            }
            throw new ProtocolViolation("cancel takes a run");
        }
    }

    record Compile(String tensor, int bytes) implements RequestHeader {
        @Override
        public Request read(Attachments from) throws ProtocolViolation {
            return new Request.Perform(new Step.Compile(tensor, from.bytes(bytes)));
        }
    }

    record Restore(String model, String tensor) implements RequestHeader {
        @Override
        public Request read(Attachments from) {
            return new Request.Perform(new Step.Restore(model, tensor));
        }
    }

    record LoadFolder(String model, String path, SortedMap<String, Integer> files) implements RequestHeader {
        @Override
        public Request read(Attachments from) throws ProtocolViolation {
            SortedMap<String, Bytes> contents = new TreeMap<>();
            for (var file : files.entrySet()) {
                contents.put(file.getKey(), from.bytes(file.getValue()));
            }
            return within(() -> new Step.LoadFolder(model, path, contents));
        }
    }

    record LoadPath(String model, String path, boolean profiled, Optional<Boolean> timed) implements RequestHeader {
        @Override
        public Request read(Attachments from) throws ProtocolViolation {
            return within(() -> new Step.LoadPath(model, path, profiled, timed.orElse(false)));
        }
    }

    /** A step inside another; one that holds steps itself is refused, so that nothing nests deeper. */
    private static Step within(RequestHeader header, Attachments from) throws ProtocolViolation {
        if (header instanceof Load || header instanceof Run) {
            return ((Request.Perform) header.read(from)).step();
        }
        throw new ProtocolViolation("a step inside another is a load or a run");
    }

    private static Request within(Supplier<Step> step) throws ProtocolViolation {
        try {
            return new Request.Perform(step.get());
        } catch (IllegalArgumentException e) {
            throw new ProtocolViolation(String.valueOf(e.getMessage()), e);
        }
    }
}
