package org.aiis.conformance.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.aiis.conformance.backend.BackendUri;
import org.aiis.conformance.backend.Backends;
import org.aiis.conformance.catalogue.pipeline.PipelineCases;
import org.aiis.conformance.run.Suite;
import org.aiis.conformance.run.Workers;
import org.aiis.conformance.scheme.Home;
import org.aiis.reference.serving.ModelFolder;
import org.aiis.reference.serving.ServedModel;
import org.aiis.reference.serving.ServingLimits;
import org.aiis.reference.serving.server.ReferenceServer;
import org.aiis.spec.codec.InputException;
import org.aiis.spec.tensor.Bytes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code aiis serve}. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "The reference inference server: serves models over the Open Inference Protocol (profile oip-2023.11), REST and gRPC.",
            "",
            "It listens on this machine alone unless --host says otherwise, knows no users and no encryption: put it behind a",
            "proxy that does. It ends with SIGTERM or Ctrl-C, after the requests under way are answered."
        },
        footer = {
            "",
            "  aiis serve models                     models/MODEL/VERSION/model.onnx, each number a version",
            "  aiis serve classifier.onnx            one exported model, version 1 of 'classifier'",
            "  curl localhost:8000/v2/models/classifier",
            "  curl localhost:8000/metrics           Prometheus text",
            "",
            "Requests are put together into one run where the model says that its rows are independent (aiis.rows in its",
            "metadata).",
            "",
            "Exit codes: 0 ended as asked; 2 wrong usage, model or address."
        })
final class ServeCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "DIR",
            description = "Folder MODEL/VERSION/model.onnx, folder with model.onnx, or a model file.")
    Path models = Path.of("");

    @Option(names = "--host", paramLabel = "ADDRESS", description = "Default: ${DEFAULT-VALUE}, this machine alone.")
    String host = "127.0.0.1";

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "Of REST; 0 for any that is free. Default: ${DEFAULT-VALUE}.")
    int port = 8000;

    @Option(
            names = "--grpc-port",
            paramLabel = "N",
            description = "Of gRPC; -1 for no gRPC. Default: ${DEFAULT-VALUE}.")
    int grpcPort = 8001;

    @Option(names = "--backend", paramLabel = "WORD", description = "What runs the models. Default: ${DEFAULT-VALUE}.")
    String backend = "cpu";

    @Option(names = "--option", paramLabel = "NAME=VALUE", description = "Option of the backend.")
    Map<String, String> options = Map.of();

    @Option(
            names = "--max-body-mib",
            paramLabel = "N",
            description = "Largest body of a request. Default: ${DEFAULT-VALUE} MiB.")
    int bodyMiB = ServingLimits.DEFAULT.bodyBytes() >> 20;

    @Option(
            names = "--max-batch",
            paramLabel = "ROWS",
            description =
                    "Most rows that one run takes from several requests; 1 puts none together. Default: ${DEFAULT-VALUE}.")
    int batch = ServingLimits.DEFAULT.batchRows();

    @Option(
            names = "--batch-wait",
            paramLabel = "MICROSECONDS",
            description =
                    "Longest that a request waits for others to run with. Default: ${DEFAULT-VALUE}: only while runs are under way.")
    int batchWait = ServingLimits.DEFAULT.batchMicros();

    @Option(
            names = "--concurrency",
            paramLabel = "N",
            description = "Runs of a model at a time. Default: ${DEFAULT-VALUE}.")
    int concurrency = ServingLimits.DEFAULT.concurrent();

    @Option(
            names = "--queue",
            paramLabel = "N",
            description = "Requests of a model that wait; more get 503. Default: ${DEFAULT-VALUE}.")
    int queue = ServingLimits.DEFAULT.queued();

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            description = "Time of a request from its last byte. Default: ${DEFAULT-VALUE}.")
    int timeout = ServingLimits.DEFAULT.requestMillis() / 1000;

    @Option(names = "--connections", paramLabel = "N", description = "Open at a time. Default: ${DEFAULT-VALUE}.")
    int connections = ServingLimits.DEFAULT.connections();

    @Option(
            names = "--conformance-models",
            description = "Write the models that a server under test has to serve into DIR, and end.")
    boolean conformanceModels;

    @Override
    public Integer call() throws InterruptedException {
        if (conformanceModels) {
            return write();
        }
        if (port < 0 || port > 65535 || grpcPort < -1 || grpcPort > 65535) {
            throw InputException.of("--port " + port + " --grpc-port " + grpcPort, "ports are 0 to 65535");
        }
        if (bodyMiB < 1 || bodyMiB > 1024 || timeout < 1 || timeout > 86_400) {
            throw InputException.of(
                    "--max-body-mib " + bodyMiB + " --timeout " + timeout, "1 to 1024 MiB, 1 to 86400 seconds");
        }
        if (backend.startsWith(Workers.FOREIGN)) {
            throw InputException.of(
                    "backend '" + backend + "' runs in a process of its own",
                    "the server runs models in its own process: give cpu, reference, ort:… or a backend of the class path");
        }
        SortedMap<String, SortedMap<String, Bytes>> read = new TreeMap<>();
        ModelFolder.find(models).forEach((name, versions) -> {
            SortedMap<String, Bytes> files = new TreeMap<>();
            versions.forEach((version, file) -> files.put(version, ModelFolder.read(file)));
            read.put(name, files);
        });
        BackendUri uri = BackendUri.of(backend, new TreeMap<>(options));
        Backends installed = Backends.installed();
        installed.prepare(uri.name());
        ReferenceServer server = ReferenceServer.start(
                installed.open(uri.name(), uri.options()),
                Suite.version(),
                read,
                new ReferenceServer.Place(host, port, grpcPort < 0 ? OptionalInt.empty() : OptionalInt.of(grpcPort)),
                limits());
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            server.close();
            ended.countDown();
        }));
        PrintWriter console = spec.commandLine().getOut();
        read.forEach((name, versions) -> versions.keySet().forEach(version -> {
            ServedModel model = server.service().model(name, Optional.of(version));
            String state = model.unloaded()
                    .map(why -> "  does not load: " + why)
                    .orElse(
                            model.ready()
                                    ? ""
                                    : "  does not run on zeros: ready after the first request that it answers");
            console.println("model    " + name + " " + version + state);
        }));
        console.println("REST     http://" + host + ":" + server.port() + "/v2");
        server.grpcPort().ifPresent(p -> console.println("gRPC     " + host + ":" + p));
        console.println("ready");
        console.flush();
        ended.await();
        return 0;
    }

    private int write() {
        if (Files.exists(models)) {
            throw InputException.of(models + ": is there already", "give a new folder");
        }
        SortedMap<String, Bytes> written = new PipelineCases(Home.find().root()).servedModels();
        written.forEach((name, model) -> {
            Path folder = models.resolve(name).resolve("1");
            try {
                Files.createDirectories(folder);
                Files.write(folder.resolve("model.onnx"), model.toArray());
            } catch (IOException e) {
                throw new UncheckedIOException(folder + " is not to be written", e);
            }
        });
        PrintWriter console = spec.commandLine().getOut();
        console.println(written.size() + " models in " + models);
        console.println("serve them, then: aiis run --profile pipeline@1.0 --select 'DEPL-SERVE-*'"
                + " --option server=http://HOST:PORT --option grpc-server=HOST:PORT");
        console.println("aiis-broken is there to fail: a server that refuses to start with it may leave it out");
        console.flush();
        return 0;
    }

    private ServingLimits limits() {
        ServingLimits usual = ServingLimits.DEFAULT;
        return new ServingLimits(
                bodyMiB << 20,
                Math.max(usual.bytesAtOnce(), 2L * bodyMiB << 20),
                usual.tensors(),
                queue,
                concurrency,
                batch,
                batchWait,
                timeout * 1000,
                usual.idleMillis(),
                connections);
    }
}
