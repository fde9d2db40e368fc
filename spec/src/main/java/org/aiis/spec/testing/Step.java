package org.aiis.spec.testing;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.tensor.Tensor;

/** One step of the worker protocol. Models and tensors live in the worker under handles that the script names. */
public sealed interface Step {
    /**
     * Create a session from a serialised model. Answer: no outputs.
     *
     * @param profiled whether {@link Close} is to tell where its nodes ran
     * @param timed whether it is to tell how long they took; optional: {@link #TIMES}
     */
    record Load(String model, Bytes bytes, boolean profiled, boolean timed) implements Step {
        public Load(String model, Bytes bytes, boolean profiled) {
            this(model, bytes, profiled, false);
        }
    }

    /**
     * Create a session from a template whose named initializers are replaced by tensors that the worker holds: the
     * export of a trained model. The suite fetches the tensors, writes the model, and loads it.
     */
    record LoadExported(String model, Bytes template, SortedMap<String, String> initializers) implements Step {
        public LoadExported {
            initializers = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(initializers));
        }
    }

    /** Keep a tensor in the worker. Answer: no outputs. */
    record Put(String tensor, Tensor value) implements Step {}

    /**
     * Run a session.
     *
     * @param inputs by graph input name
     * @param keep graph output name to the handle under which the worker keeps it, instead of sending it back
     * @param fetch graph outputs to send back; empty with an empty {@code keep} means all
     */
    record Run(String model, SortedMap<String, Feed> inputs, SortedMap<String, String> keep, List<String> fetch)
            implements Step {
        public Run {
            inputs = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(inputs));
            keep = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(keep));
            fetch = List.copyOf(fetch);
        }

        /** All outputs, inputs inline. */
        public static Run of(String model, Map<String, Tensor> inputs) {
            SortedMap<String, Feed> feeds = new TreeMap<>();
            inputs.forEach((name, tensor) -> feeds.put(name, new Feed.Inline(tensor)));
            return new Run(model, feeds, new TreeMap<>(), List.of());
        }
    }

    /** Send a kept tensor back. Answer: one output under the handle's name. */
    record Get(String tensor) implements Step {}

    /** Forget a kept tensor. */
    record Drop(String tensor) implements Step {}

    /**
     * Close a session. Answer: no outputs; the placement of its nodes when it was loaded profiled. When it was loaded timed, and
     * ran, {@link #NODE_NANOS}, int64 [nodes of the graph]: how long each took, the median of its runs, without the first where there
     * were more; -1 where that is not told.
     */
    record Close(String model) implements Step {}

    /** Run a load against a session, generated and timed beside it. Answer: measured. */
    record Measure(String model, List<SortedMap<String, Tensor>> samples, LoadSettings settings) implements Step {
        public Measure {
            samples = List.copyOf(samples);
        }
    }

    /**
     * Steps that threads of their own perform at once, each again and again; all begin together. Optional: {@link #TOGETHER}.
     *
     * <p>Answer: {@code measured/at-once}, an int64: the most of them that were seen to be under way at one time. For the step at position
     * i of the list, from 0: {@code i/rejected}, an int64: how often it was rejected, and {@code i/message}, a string: the first
     * rejection, where there was one. For a run also {@code i/out/NAME}: its first outputs, {@code i/differing}, an int64: how
     * many later runs gave other bits, and {@code i/other/NAME}: the first outputs that did, where there were any.
     *
     * @param steps loads, and runs that keep nothing
     * @param times how often each is performed
     */
    record Together(List<Step> steps, int times) implements Step {
        /** Most steps at once. */
        public static final int MOST = 64;

        /** Most times. */
        public static final int LONGEST = 100_000;

        public Together {
            steps = List.copyOf(steps);
            if (steps.isEmpty() || steps.size() > MOST || times < 1 || times > LONGEST) {
                throw new IllegalArgumentException(
                        "together takes 1 to " + MOST + " steps, 1 to " + LONGEST + " times");
            }
            for (Step step : steps) {
                if (!(step instanceof Load
                        || step instanceof Run run && run.keep().isEmpty())) {
                    throw new IllegalArgumentException("together takes loads, and runs that keep nothing");
                }
            }
        }
    }

    /**
     * Sessions made, run once and closed, one after another. Optional: {@link #CYCLE}.
     *
     * <p>Answer: {@code out/NAME}, {@code differing} and {@code other/NAME} of the runs, as {@link Together} has them, and
     * {@code measured/resident}: the resident memory of the worker's process in bytes after every so many cycles, int64. The first
     * rejection ends it, and is the answer.
     *
     * @param every cycles between two looks at the memory
     */
    record Cycle(Bytes bytes, SortedMap<String, Tensor> inputs, int cycles, int every) implements Step {
        /** Most cycles. */
        public static final int LONGEST = 1_000_000;

        public Cycle {
            inputs = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(inputs));
            if (cycles < 1 || cycles > LONGEST || every < 1 || every > cycles) {
                throw new IllegalArgumentException("cycle takes 1 to " + LONGEST + " cycles, and looks within them");
            }
        }
    }

    /**
     * Begins a run and asks for its end while it is under way. Optional: {@link #CANCEL}.
     *
     * <p>Answer: {@code measured/nanos}, int64 [2]: from the beginning of the run to the request, from the request to the return;
     * {@code ended}, a bool: whether the run came back without outputs. A run that was over before the request is not driven.
     */
    record Cancel(Run run, int afterMillis) implements Step {
        /** Longest wait before the request. */
        public static final int LONGEST = 60_000;

        public Cancel {
            if (afterMillis < 1 || afterMillis > LONGEST || !run.keep().isEmpty()) {
                throw new IllegalArgumentException(
                        "cancel takes 1 to " + LONGEST + " ms, and a run that keeps nothing");
            }
        }
    }

    /**
     * Have a model compiled, and keep what the compiler made as a tensor, uint8 [bytes]. Optional: {@link #COMPILE}. Answer: no
     * outputs.
     *
     * @param tensor handle of what the compiler made
     */
    record Compile(String tensor, Bytes bytes) implements Step {}

    /** Create a session from a kept tensor that {@link Compile} made, and from nothing else. Answer: no outputs. */
    record Restore(String model, String tensor) implements Step {}

    /**
     * Write a folder and create a session from a model in it, read by its path. Optional: {@link #FOLDER}. Answer: no outputs.
     *
     * @param path the model, among the files
     * @param files by path, from the folder: names of letters, digits and {@code . _ -} between slashes, none of dots alone
     */
    record LoadFolder(String model, String path, SortedMap<String, Bytes> files) implements Step {
        /** Most files. */
        public static final int MOST = 64;

        private static final int LONGEST = 255;
        private static final java.util.regex.Pattern PATH =
                java.util.regex.Pattern.compile("(?!\\.+(/|$))[A-Za-z0-9._-]+(/(?!\\.+(/|$))[A-Za-z0-9._-]+){0,7}");

        public LoadFolder {
            files = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(files));
            if (files.size() > MOST || !files.containsKey(path)) {
                throw new IllegalArgumentException("load-folder takes 1 to " + MOST + " files, the model among them");
            }
            for (String file : files.keySet()) {
                if (file.length() > LONGEST || !PATH.matcher(file).matches()) {
                    throw new IllegalArgumentException("load-folder takes plain relative paths");
                }
            }
        }

        /** The model's bytes. */
        public Bytes bytes() {
            return files.getOrDefault(path, Bytes.own(new byte[0]));
        }
    }

    /**
     * Create a session from a model in a file that the suite has written, read by its path: of a model that is too large for a frame.
     * What its tensors keep outside lies in files beside it. Optional: {@link #PATH}. Answer: no outputs.
     *
     * @param path absolute; the worker reads it and what lies beside it, and writes there nothing
     * @param profiled whether {@link Close} is to tell where its nodes ran
     * @param timed whether it is to tell how long they took; asked only of a worker that lists {@link #TIMES} too
     */
    record LoadPath(String model, String path, boolean profiled, boolean timed) implements Step {
        /** Characters of a path. */
        public static final int LONGEST = 4_096;

        public LoadPath {
            if (path.isEmpty() || path.length() > LONGEST || path.indexOf('\0') >= 0) {
                throw new IllegalArgumentException("load-path takes a path of 1 to " + LONGEST + " characters");
            }
        }
    }

    /**
     * Requests to a server that serves models. The suite performs it: its reference server stands before the worker, or the
     * server under test is at an address that the options name.
     *
     * <p>Answer, for the call at position i from 0: {@code i/status}, an int64: the status of HTTP, or that of gRPC, or -1 where the
     * connection ended without one; {@code i/body}, uint8 [bytes]; {@code i/header/NAME}, a string, for the headers that the
     * protocol speaks of.
     *
     * @param models version 1 of each, by name
     * @param atOnce whether all calls are made at the same time, or one after another
     */
    record Exchange(SortedMap<String, Bytes> models, List<Call> calls, boolean atOnce) implements Step {
        /** Method of a call that is a unary call of gRPC. */
        public static final String GRPC = "GRPC";

        /** Method of a call whose body is written to a fresh connection as it stands. */
        public static final String RAW = "RAW";

        public Exchange {
            models = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(models));
            calls = List.copyOf(calls);
        }

        /**
         * One of them.
         *
         * @param path of HTTP, or the name of a method of gRPC
         */
        public record Call(String method, String path, SortedMap<String, String> headers, Bytes body) {
            public Call {
                headers = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(headers));
            }
        }
    }

    /** Words of the steps that a worker need not know, as it lists them in the property {@value #KNOWN}. */
    String TOGETHER = "together";

    String CYCLE = "cycle";
    String CANCEL = "cancel";

    /** Stands for {@link Compile} and {@link Restore}. */
    String COMPILE = "compile";

    /** Stands for {@link LoadFolder}. */
    String FOLDER = "folder";

    /** Stands for {@link LoadPath}. */
    String PATH = "path";

    /** Stands for a {@link Load} that is timed. */
    String TIMES = "times";

    /** Property by which a system under test lists the optional steps that its worker knows, comma after comma. */
    String KNOWN = "steps";

    /** What names begin with that stand for figures of the worker's, which differ from time to time. */
    String MEASURED = "measured/";

    /** Name of the value that tells how long each node took. */
    String NODE_NANOS = MEASURED + "node-nanos";

    /** The word that a worker has to list to be shown this step; empty for a step that every worker knows. */
    default Optional<String> optional() {
        if (this instanceof Together) {
            return Optional.of(TOGETHER);
        } else if (this instanceof Cycle) {
            return Optional.of(CYCLE);
        } else if (this instanceof Cancel) {
            return Optional.of(CANCEL);
        }
        if (this instanceof LoadFolder) {
            return Optional.of(FOLDER);
        }
        if (this instanceof LoadPath) {
            return Optional.of(PATH);
        }
        if (this instanceof Load load && load.timed()) {
            return Optional.of(TIMES);
        }
        return this instanceof Compile || this instanceof Restore ? Optional.of(COMPILE) : Optional.empty();
    }

    /** In which phase of a session's life what goes wrong in this step goes wrong. */
    default Observation.Phase phase() {
        boolean load = this instanceof Load
                || this instanceof LoadExported
                || this instanceof LoadFolder
                || this instanceof LoadPath
                || this instanceof Compile
                || this instanceof Restore;
        return load ? Observation.Phase.LOAD : this instanceof Close ? Observation.Phase.CLOSE : Observation.Phase.RUN;
    }

    /** What is fed to a graph input. */
    sealed interface Feed {
        record Inline(Tensor tensor) implements Feed {}

        record Kept(String tensor) implements Feed {}
    }
}
