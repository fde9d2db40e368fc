package org.aiis.conformance.catalogue.pipeline;

import java.nio.file.Path;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.aiis.conformance.catalogue.CaseSource;
import org.aiis.spec.tensor.Bytes;
import org.aiis.spec.testing.TestCase;

/** All cases of the pipeline: preprocessing, features, training, evaluation, deployment, performance. */
public final class PipelineCases implements CaseSource {
    private final Fixture fixture;

    /** Cases on the fixtures below the home of the suite; they are read when a stimulus is first made. */
    public PipelineCases(Path home) {
        this.fixture = new Fixture(home);
    }

    /** The models that a server has to serve to be examined, by name. */
    public SortedMap<String, Bytes> servedModels() {
        return ServedModels.all(fixture);
    }

    @Override
    public Stream<TestCase> cases() {
        return Stream.<CaseSource>of(
                        new PreprocessingCases(fixture),
                        new ResamplingCases(),
                        new SplitCases(),
                        new FittedCases(),
                        new WindowCases(),
                        new FeatureCases(fixture),
                        new RecurrentCases(),
                        new StepCases(fixture),
                        new NetworkCases(fixture),
                        new TrainingCases(fixture),
                        new EvaluationCases(fixture),
                        new MetricCases(),
                        new DetectionCases(),
                        new DeploymentCases(fixture),
                        new ServingCases(fixture),
                        new PerformanceCases(fixture))
                .flatMap(CaseSource::cases);
    }
}
