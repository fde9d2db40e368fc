package org.aiis.conformance.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.aiis.conformance.pipeline.PipelineCase;
import org.aiis.conformance.pipeline.PipelineCases;
import org.aiis.conformance.pipeline.Setting;
import org.aiis.conformance.run.Workers;
import org.aiis.conformance.scheme.Home;
import org.aiis.conformance.scheme.IcsDraft;
import org.aiis.conformance.worker.WorkerPool;
import org.aiis.report.bundle.AtomicFile;
import org.aiis.report.view.Page;
import org.aiis.report.view.PipelineView;
import org.aiis.spec.codec.InputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code aiis pipeline}. */
@Command(
        name = "pipeline",
        mixinStandardHelpOptions = true,
        description = "The reference pipeline: preprocess, extract features, train, evaluate, deploy, on any backend.",
        subcommands = PipelineCommand.RunAll.class)
final class PipelineCommand implements Runnable {
    @Spec
    CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** {@code aiis pipeline run}. */
    @Command(
            name = "run",
            mixinStandardHelpOptions = true,
            description = {
                "Runs all five stages of a case and writes a page with its plots, and the model.",
                "",
                "Every stage, training included, is an ONNX graph that the backend runs. The page is OUT/index.html; the model",
                "lies in OUT/models, with its preprocessing inside."
            },
            footer = {
                "",
                "  aiis pipeline run images                      ten kinds of clothing, from pixels to a classifier",
                "  aiis pipeline run images --backend ort:cuda   the same on a GPU",
                "  aiis pipeline run images --images DIR         your own images, a folder for each class",
                "  aiis pipeline run traffic                     flow 15 to 60 minutes ahead, and incidents, against baselines",
                "  aiis pipeline run images --int8               the model in eight bits too, and what that costs",
                "  aiis pipeline run traffic --folds 5           cross-validation too, in blocks of days",
                "  aiis pipeline run images --out DIR --resume   go on with a training that was interrupted",
                "",
                "Exit codes: 0 done; 2 wrong usage or input, or a backend that cannot do a stage; 3 an error of the suite."
            })
    static final class RunAll implements Callable<Integer> {
        @Spec
        CommandSpec spec = CommandSpec.create();

        @Parameters(
                paramLabel = "CASE",
                description = "The case: ${COMPLETION-CANDIDATES}.",
                completionCandidates = Names.class)
        String name = "";

        @Option(names = "--backend", paramLabel = "WORD", description = "Backend, as for 'aiis run'. Default: cpu.")
        String backend = "cpu";

        @Option(names = "--option", paramLabel = "NAME=VALUE", description = "Option of the backend.")
        Map<String, String> options = Map.of();

        @Option(
                names = "--out",
                paramLabel = "DIR",
                description = "Folder for the results. Default: ./aiis-pipeline-CASE.")
        Optional<Path> out = Optional.empty();

        @Option(names = "--resume", description = "Go on with the training that was interrupted in this folder.")
        boolean resume;

        @Option(
                names = "--seed",
                paramLabel = "N",
                description = "Seed of first weights and order of records. Default: 0.")
        long seed;

        @Option(names = "--epochs", paramLabel = "N", description = "Epochs of training. Default: the case's own.")
        Optional<Integer> epochs = Optional.empty();

        @Option(
                names = "--batch",
                paramLabel = "N",
                description = "Records of a training step. Default: the case's own.")
        Optional<Integer> batch = Optional.empty();

        @Option(
                names = "--images",
                paramLabel = "DIR",
                description = {
                    "Learn from the PNG and JPEG files of DIR instead: a folder for each class, named after it, of which a fifth of",
                    "the images is held out, stratified; or 'train' and 'test' with such folders. Images of any size, grey or in",
                    "colour, are resampled in the model. Links that lead out of DIR, transparent pixels, damaged files and files of",
                    "more than 32 MiB or 16 million pixels are refused. For images."
                })
        Optional<Path> images = Optional.empty();

        @Option(
                names = "--detectors",
                paramLabel = "DIR",
                description = {
                    "Learn from the records of DIR instead: 'training' with days 0 to 20 and 'held-out' with days 21 to 27, each a file",
                    "that ends in .csv, .csv.gz or .parquet, with the columns and detectors of fixtures/traffic. For traffic."
                })
        Optional<Path> detectors = Optional.empty();

        @Option(
                names = "--records",
                paramLabel = "N",
                description = {
                    "Learn from the first N records alone, and hold out a fifth as many: for a quick look and for slow",
                    "backends, whose accuracy says little then. For images. Default: all."
                })
        Optional<Integer> records = Optional.empty();

        @Option(
                names = "--opset",
                paramLabel = "N",
                description =
                        "Opset version of the exported model, 17 to 21, with the IR version that came with it. Default: 17.")
        Optional<Integer> opset = Optional.empty();

        @Option(
                names = "--int8",
                description = {
                    "Export the model in eight bits too (QuantizeLinear and DequantizeLinear), with ranges calibrated on",
                    "training images, and compare its accuracy with the float model's. For images."
                })
        boolean int8;

        @Option(
                names = "--folds",
                paramLabel = "K",
                description = {
                    "Cross-validate on the training part, 2 to 10 folds: K more trainings. Folds are stratified by class for images,",
                    "blocks of days for traffic; what is fitted is fitted anew in each. The page gives each fold, and the mean",
                    "with its interval."
                })
        Optional<Integer> folds = Optional.empty();

        @Option(
                names = "--timeout",
                paramLabel = "SECONDS",
                description = "Time after which a step counts as hung. Default: ${DEFAULT-VALUE}.")
        int timeout = IcsDraft.TIMEOUT_SECONDS;

        @Override
        public Integer call() {
            PipelineCase chosen = PipelineCases.named(name);
            Path folder = ReplayCommand.outside(out.orElseGet(() -> Path.of("aiis-pipeline-" + chosen.name())));
            if (Files.exists(folder.resolve("index.html")) && !resume) {
                throw InputException.of(
                        folder + ": holds the results of another run",
                        "give another --out, or --resume to go on with it");
            }
            PrintWriter err = spec.commandLine().getErr();
            PipelineCase.Result result;
            try (WorkerPool pool =
                    Workers.start(backend, 1, atLeastOne("--timeout", timeout), new TreeMap<>(options))) {
                result = pool.converse(worker -> chosen.run(new Setting(
                        Home.find().root(),
                        worker,
                        seed,
                        optional("--epochs", epochs),
                        optional("--batch", batch),
                        images,
                        detectors,
                        optional("--records", records),
                        opset(),
                        int8,
                        folds(),
                        folder,
                        resume,
                        told(err))));
            }
            result.files().forEach((path, bytes) -> AtomicFile.write(inside(folder, path), bytes.toArray()));
            Path page = folder.resolve("index.html");
            AtomicFile.write(page, PipelineView.render(result.page()));
            PrintWriter console = spec.commandLine().getOut();
            console.println(result.page().title() + ": " + result.page().sentence());
            for (Page.Fact fact : result.page().facts()) {
                console.println(String.format(java.util.Locale.ROOT, "  %-28s %s", fact.name(), fact.value()));
            }
            console.println("page      " + page);
            result.files().keySet().forEach(path -> console.println("file      " + folder.resolve(path)));
            console.flush();
            return 0;
        }

        private static Path inside(Path folder, String path) {
            Path file = folder.resolve(path).normalize();
            if (!file.startsWith(folder.normalize())) {
                throw new IllegalStateException("a case names a file outside its folder: " + path);
            }
            return file;
        }

        private OptionalInt folds() {
            folds.filter(k -> k < 2 || k > 10).ifPresent(k -> {
                throw InputException.of("--folds " + k, "2 to 10");
            });
            return folds.map(OptionalInt::of).orElseGet(OptionalInt::empty);
        }

        private OptionalInt opset() {
            opset.filter(o -> o < 17 || o > 21).ifPresent(o -> {
                throw InputException.of("--opset " + o, "17 to 21");
            });
            return opset.map(OptionalInt::of).orElseGet(OptionalInt::empty);
        }

        private static OptionalInt optional(String option, Optional<Integer> value) {
            return value.map(v -> OptionalInt.of(atLeastOne(option, v))).orElseGet(OptionalInt::empty);
        }

        private static int atLeastOne(String option, int value) {
            if (value < 1) {
                throw InputException.of(option + " " + value, "1 or more");
            }
            return value;
        }

        /** A line for each stage, and what the stages say. */
        private static Setting.Told told(PrintWriter err) {
            return new Setting.Told() {
                @Override
                public void stage(String stage) {
                    err.println(stage);
                    err.flush();
                }

                @Override
                public void line(String text) {
                    err.println("  " + text);
                    err.flush();
                }
            };
        }
    }

    /** Names of the cases, for help and completion. */
    static final class Names implements Iterable<String> {
        @Override
        public java.util.Iterator<String> iterator() {
            return PipelineCases.all().stream().map(PipelineCase::name).iterator();
        }
    }
}
