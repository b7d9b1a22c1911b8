package dev.hookswitch.standalone;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final String[] ROLES = {
        "dev.hookswitch.ingest..",
        "dev.hookswitch.fanout..",
        "dev.hookswitch.dispatcher..",
        "dev.hookswitch.retry..",
        "dev.hookswitch.console.."
    };

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.hookswitch");

    @Test
    void everyModuleIsLookedAt() {
        for (String name : new String[] {
            "dev.hookswitch.ingest.IngestRole",
            "dev.hookswitch.fanout.FanoutRole",
            "dev.hookswitch.dispatcher.DispatcherRole",
            "dev.hookswitch.retry.RetrySchedulerRole",
            "dev.hookswitch.console.endpoints.EndpointAdmin",
            "dev.hookswitch.embeddedkafka.EmbeddedKafka",
            "dev.hookswitch.common.topics.TopicLayout"
        }) {
            assertThat(classes.contain(name)).as(name).isTrue();
        }
    }

    @Test
    void rolesMeetOnlyAtTopics() {
        slices().matching("dev.hookswitch.(ingest|fanout|dispatcher|retry|console)..")
                .should()
                .notDependOnEachOther()
                .because("roles meet only at topics: what two of them need belongs to common")
                .check(classes);
    }

    @Test
    void commonAndRolesKnowNothingOfTheProcessAroundThem() {
        noClasses()
                .that()
                .resideInAnyPackage(ROLES)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.hookswitch.standalone..", "dev.hookswitch.embeddedkafka..")
                .check(classes);
        noClasses()
                .that()
                .resideInAPackage("dev.hookswitch.common..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ROLES)
                .check(classes);
    }

    @Test
    void onlyTheEmbeddedBrokerTouchesTheBroker() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.hookswitch.embeddedkafka..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("kafka..", "org.apache.kafka.metadata.storage..", "org.apache.kafka.server..")
                .because("the broker's jars have no stable interface")
                .check(classes);
    }

    @Test
    void commonStartsThreadsOnlyForTheProcess() {
        noClasses()
                .that()
                .resideInAPackage("dev.hookswitch.common..")
                .and()
                .resideOutsideOfPackage("dev.hookswitch.common.service..")
                .should()
                .callMethod(Thread.class, "start")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Executors.class)
                .check(classes);
    }

    @Test
    void timeAndChanceComeThroughTheConstructor() {
        noClasses()
                .should()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callMethod(Thread.class, "sleep", long.class, int.class)
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Instant.class, "now")
                .orShould()
                .callConstructor(Random.class)
                .because("a test must be able to decide them")
                .check(classes);
    }

    @Test
    void clocksAreMadeWhereThingsArePutTogether() {
        noClasses()
                .that()
                .haveSimpleNameNotEndingWith("Role")
                .and()
                .haveSimpleNameNotEndingWith("Context")
                .and()
                .resideOutsideOfPackage("dev.hookswitch.testkit..")
                .should()
                .callMethod(Clock.class, "systemUTC")
                .orShould()
                .callMethod(InstantSource.class, "system")
                .check(classes);
    }
}
