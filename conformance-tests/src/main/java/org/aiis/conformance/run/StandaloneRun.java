package org.aiis.conformance.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.aiis.conformance.scheme.Home;
import org.aiis.conformance.scheme.IcsDraft;
import org.aiis.conformance.scheme.Profiles;
import org.aiis.conformance.scheme.Waivers;
import org.aiis.conformance.worker.WorkerPool;
import org.aiis.report.bundle.Qualification;
import org.aiis.spec.conformity.Ics;
import org.aiis.spec.testing.Grade;

/** A quick run of core on the CPU provider, for an IDE that starts the tests by itself. */
public final class StandaloneRun implements AutoCloseable {
    private final WorkerPool pool;
    private final Run run;

    private StandaloneRun(WorkerPool pool, Run run) {
        this.pool = pool;
        this.run = run;
    }

    public static StandaloneRun quickCore() {
        Suite suite = Suite.load(Home.find());
        WorkerPool pool = Workers.start("cpu", 1, IcsDraft.TIMEOUT_SECONDS, new TreeMap<>());
        Ics ics = IcsDraft.minimal(pool.sut(), 1, new TreeMap<>());
        Plan plan = new Plan(
                new Profiles(suite.standard(), suite.home()).resolve("core"),
                ics,
                Waivers.read(suite.standard(), suite.home()),
                Grade.QUICK,
                List.of(),
                0);
        try {
            Path folder = Files.createTempDirectory("aiis-run");
            return new StandaloneRun(pool, Run.begin(suite, plan, Qualification.NONE, folder, pool, Progress.SILENT));
        } catch (IOException e) {
            pool.close();
            throw new UncheckedIOException(e);
        }
    }

    public CaseRunner runner() {
        return run.runner();
    }

    @Override
    public void close() {
        try {
            run.finish();
        } finally {
            pool.close();
        }
    }
}
