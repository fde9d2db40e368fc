package org.aiis.conformance.junit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aiis.conformance.run.CaseRunner;
import org.aiis.conformance.run.StandaloneRun;
import org.aiis.spec.testing.TestCase;
import org.junit.platform.engine.EngineDiscoveryRequest;
import org.junit.platform.engine.EngineExecutionListener;
import org.junit.platform.engine.ExecutionRequest;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestEngine;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.discovery.ClassSelector;
import org.junit.platform.engine.support.descriptor.EngineDescriptor;

/**
 * The catalogue as an engine of the JUnit Platform: every case a test, under the requirement it proves. A case costs two
 * milliseconds of a processor; Jupiter would take 0.15 more for what its tests offer and a case has no use for.
 */
public final class ConformanceEngine implements TestEngine {
    /** Begins the unique id of each case. */
    public static final String ID = "aiis";

    private final Optional<CaseRunner> prepared;
    private final int lanes;

    /** For whoever starts the tests without the command line: a quick run of core on the CPU provider. */
    public ConformanceEngine() {
        this(Optional.empty(), 1);
    }

    /** @param lanes cases in flight at once */
    ConformanceEngine(CaseRunner prepared, int lanes) {
        this(Optional.of(prepared), lanes);
    }

    private ConformanceEngine(Optional<CaseRunner> prepared, int lanes) {
        this.prepared = prepared;
        this.lanes = lanes;
    }

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public Optional<String> getVersion() {
        return Optional.ofNullable(ConformanceEngine.class.getPackage().getImplementationVersion());
    }

    /** The cases are made when they are run: the catalogue and a worker take seconds. */
    @Override
    public TestDescriptor discover(EngineDiscoveryRequest request, UniqueId id) {
        EngineDescriptor root = new EngineDescriptor(id, "AIIS");
        boolean selected = request.getSelectorsByType(ClassSelector.class).stream()
                .anyMatch(selector -> selector.getClassName().equals(ConformanceTests.class.getName()));
        if (selected) {
            root.addChild(new Catalogued(id));
        }
        return root;
    }

    @Override
    public void execute(ExecutionRequest request) {
        EngineExecutionListener listener = request.getEngineExecutionListener();
        TestDescriptor root = request.getRootTestDescriptor();
        listener.executionStarted(root);
        for (TestDescriptor catalogue : List.copyOf(root.getChildren())) {
            listener.executionStarted(catalogue);
            if (prepared.isPresent()) {
                drive(catalogue, prepared.get(), listener);
            } else {
                try (StandaloneRun run = StandaloneRun.quickCore()) {
                    drive(catalogue, run.runner(), listener);
                }
            }
            listener.executionFinished(catalogue, TestExecutionResult.successful());
        }
        listener.executionFinished(root, TestExecutionResult.successful());
    }

    private void drive(TestDescriptor catalogue, CaseRunner runner, EngineExecutionListener listener) {
        Map<String, Requirement> requirements = new LinkedHashMap<>();
        List<Case> cases = new ArrayList<>();
        for (TestCase testCase : runner.cases()) {
            String proved = testCase.requirements().get(0);
            Requirement requirement = requirements.computeIfAbsent(proved, id -> {
                Requirement fresh = new Requirement(catalogue.getUniqueId(), id);
                catalogue.addChild(fresh);
                listener.dynamicTestRegistered(fresh);
                return fresh;
            });
            Case test = new Case(requirement, testCase);
            requirement.addChild(test);
            listener.dynamicTestRegistered(test);
            cases.add(test);
        }
        new Lanes(cases, runner::run, listener).drive(lanes);
    }
}
