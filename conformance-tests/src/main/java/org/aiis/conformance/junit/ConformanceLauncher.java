package org.aiis.conformance.junit;

import org.aiis.conformance.run.CaseRunner;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherConstants;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** Drives a prepared run through the JUnit Platform. */
public final class ConformanceLauncher {
    private ConformanceLauncher() {}

    /**
     * Drives all cases of a run.
     *
     * @param parallelism cases in flight at once: shown to a worker, waiting for one, or being judged
     * @throws IllegalStateException when the platform itself failed
     */
    public static void drive(CaseRunner runner, int parallelism) {
        LauncherConfig config = LauncherConfig.builder()
                .enableTestEngineAutoRegistration(false)
                .addTestEngines(new ConformanceEngine(runner, parallelism))
                .enableTestExecutionListenerAutoRegistration(false)
                .enableLauncherSessionListenerAutoRegistration(false)
                .build();
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectClass(ConformanceTests.class))
                // Nobody reads the trace of a failing case: its finding says what there is to say.
                .configurationParameter(LauncherConstants.STACKTRACE_PRUNING_ENABLED_PROPERTY_NAME, "false")
                .build();
        SummaryGeneratingListener summary = new SummaryGeneratingListener();
        try (LauncherSession session = LauncherFactory.openSession(config)) {
            session.getLauncher().execute(request, summary);
        }
        long seen = summary.getSummary().getTestsFoundCount();
        if (seen != runner.cases().size()) {
            throw new IllegalStateException("the platform ran " + seen + " of "
                    + runner.cases().size() + " cases: " + summary.getSummary().getFailures());
        }
    }
}
