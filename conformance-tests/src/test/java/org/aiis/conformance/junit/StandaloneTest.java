package org.aiis.conformance.junit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** The conformance tests are JUnit tests: an IDE starts them without the command line. */
@Tag("long")
class StandaloneTest {
    @Test
    void anIdeRunsTheQuickCatalogueOnTheCpuProviderAndSeesItsKnownFailures() {
        SummaryGeneratingListener summary = new SummaryGeneratingListener();

        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(DiscoverySelectors.selectClass(ConformanceTests.class))
                                .build(),
                        summary);

        assertThat(summary.getSummary().getTestsSucceededCount()).isGreaterThan(1500);
        assertThat(summary.getSummary().getFailures())
                .extracting(f -> f.getTestIdentifier().getDisplayName())
                .contains("ROB-OMITTED-VARIADIC/Max/x-empty")
                .hasSizeLessThan(300);
    }
}
