package com.ventros.crm;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.ventros.crm.channels.waha.Translation;
import com.ventros.crm.channels.waha.Translator;
import com.ventros.crm.kernel.Aggregate;
import com.ventros.crm.kernel.DomainEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.modulith.ApplicationModule;
import org.springframework.modulith.core.ApplicationModules;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.web.bind.annotation.RestController;

/** The rules of the house: what may know what, who may write where, and which names say nothing. */
class ArchitectureTests {

    private static final String HOME = "com.ventros.crm";
    private static final Path SOURCES = Path.of("src/main/java/com/ventros/crm");
    private static final Path MIGRATIONS = Path.of("src/main/resources/db/migration");
    private static final JavaClasses PROGRAM = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages(HOME);

    private static final DescribedPredicate<JavaClass> OUTSIDE_THE_RULES = describe("Spring, SQL, JSON or HTTP", type ->
            Stream.of("org.springframework", "java.sql", "javax.sql", "tools.jackson", "com.fasterxml", "jakarta", "java.net.http")
                    .anyMatch(type.getPackageName()::startsWith));
    private static final DescribedPredicate<JavaAccess<?>> THE_CLOCK = describe("the clock", access ->
            access.getName().equals("now") && access.getTargetOwner().getPackageName().equals("java.time")
                    || access.getTargetOwner().isEquivalentTo(Clock.class)
                    || access.getTargetOwner().isEquivalentTo(System.class)
                            && Set.of("nanoTime", "currentTimeMillis").contains(access.getName()));

    /** By what each forbids. */
    private static final Map<String, ArchRule> RULES = new LinkedHashMap<>();

    static {
        RULES.put("aggregates are plain Java", noClasses().that().areAssignableTo(Aggregate.class)
                .should().dependOnClassesThat(OUTSIDE_THE_RULES)
                .because("rules are tested in milliseconds, without a server"));
        RULES.put("aggregates are told the time", noClasses().that().areAssignableTo(Aggregate.class)
                .should().accessTargetWhere(THE_CLOCK));
        RULES.put("the kernel knows no framework", noClasses().that().resideInAPackage(HOME + ".kernel..")
                .and().doNotHaveSimpleName("package-info") // which is marked as a module
                .should().dependOnClassesThat(OUTSIDE_THE_RULES));
        RULES.put("what happened is plain Java", noClasses().that().areAssignableTo(DomainEvent.class)
                .should().dependOnClassesThat(OUTSIDE_THE_RULES));
        RULES.put("WAHA's words are translated by a pure function", noClasses()
                .that(are(partOf(Translator.class, Translation.class, "ContentReader", "AdReader", "WahaId", "Jid", "Json")))
                .should().dependOnClassesThat(describe("Spring, SQL or HTTP", type -> OUTSIDE_THE_RULES.test(type)
                        && !type.getPackageName().startsWith("tools.jackson"))));
        RULES.put("the translation is told the time", noClasses()
                .that(are(partOf(Translator.class, Translation.class, "ContentReader", "AdReader", "WahaId", "Jid", "Json")))
                .should().accessTargetWhere(THE_CLOCK));
        RULES.put("controllers are nobody else's business", classes().that().areAnnotatedWith(RestController.class)
                .should().bePackagePrivate().because("they translate and call; what others need is a use case or a view"));
        RULES.put("web and flow are inside", noClasses()
                .that().resideOutsideOfPackages(HOME + ".*.web..", HOME + ".*.flow..")
                .should().dependOnClassesThat().resideInAnyPackage(HOME + ".*.web..", HOME + ".*.flow..")
                .because("they use the module and the module does not know them"));
        RULES.put("nothing is injected into fields", NO_CLASSES_SHOULD_USE_FIELD_INJECTION);
        RULES.put("names say what a class is", noClasses()
                .that().areNotAssignableTo(PlatformTransactionManager.class) // Spring's own word
                .should().haveSimpleNameEndingWith("Util").orShould().haveSimpleNameEndingWith("Utils")
                .orShould().haveSimpleNameEndingWith("Manager").orShould().haveSimpleNameEndingWith("Helper")
                .orShould().haveSimpleNameEndingWith("Impl").orShould().haveSimpleNameEndingWith("Dto")
                .orShould().haveSimpleNameEndingWith("Service").orShould().haveSimpleNameStartingWith("Base"));
        RULES.put("rows are read whole", noClasses().should().callMethod(JdbcClient.MappedQuerySpec.class, "stream")
                .because("a stream of rows that nobody closes keeps its connection for ever"));
        RULES.put("nothing is printed", NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS);
        RULES.put("there is one logger", NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING);
    }

    @Test
    void noModuleReachesIntoAnother() {
        ApplicationModules.of(VentrosApplication.class).verify();
    }

    /** Later modules use earlier ones: every module names those it uses, and the way back is an event. */
    @Test
    void everyModuleButTheDemoNamesWhatItUses() {
        var silent = new TreeSet<String>();
        for (var type : PROGRAM) {
            if (!type.getSimpleName().equals("package-info") || !type.isAnnotatedWith(ApplicationModule.class)) continue;
            var named = type.getAnnotationOfType(ApplicationModule.class).allowedDependencies();
            if (List.of(named).equals(List.of(ApplicationModule.OPEN_TOKEN))) silent.add(type.getPackageName());
        }
        assertThat(silent).containsExactly(HOME + ".demo");
    }

    @TestFactory
    Stream<DynamicTest> theHouseRulesAreKept() {
        return RULES.entrySet().stream().map(rule ->
                DynamicTest.dynamicTest(rule.getKey(), () -> rule.getValue().check(PROGRAM)));
    }

    /** A rule that nothing can break would be no rule. */
    @Test
    void theRulesNoticeWhoBreaksThem() {
        var offenders = new ClassFileImporter().importClasses(ForgetfulAggregate.class, OrderManager.class, LoudController.class);
        for (var rule : List.of("aggregates are plain Java", "aggregates are told the time",
                "controllers are nobody else's business", "nothing is injected into fields", "names say what a class is",
                "nothing is printed")) {
            assertThat(RULES.get(rule).evaluate(offenders).hasViolation()).as(rule).isTrue();
        }
    }

    /**
     * Under row security PostgreSQL looks up by a key only what cannot tell of other rows, and does not know that of "coalesce": such a
     * question reads every row of the tenant. A "case", or a select of its own around it, is looked up.
     */
    @Test
    void noIdIsComparedWithCoalesce() throws IOException {
        var compared = new TreeSet<String>();
        for (var source : files(SOURCES, ".java")) {
            var found = Pattern.compile("\\bid\\s*=\\s*(?:\"\"\"\\s*\\+\\s*)?coalesce\\(").matcher(Files.readString(source));
            if (found.find()) compared.add(SOURCES.relativize(source).toString());
        }
        assertThat(compared).isEmpty();
    }

    /** "Only its repository writes it": across modules here; inside one the reviewer sees it. */
    @Test
    void aTableIsWrittenByOneModuleOnly() throws IOException {
        var tables = new TreeSet<String>();
        for (var migration : files(MIGRATIONS, ".sql")) {
            var created = Pattern.compile("create table (?:if not exists )?(\\w+)").matcher(Files.readString(migration));
            while (created.find()) tables.add(created.group(1));
        }
        var writers = new TreeMap<String, Set<String>>();
        var fromTheWeb = new TreeSet<String>();
        for (var source : files(SOURCES, ".java")) {
            var written = Pattern.compile("(?:insert into|update|delete from)\\s+(\\w+)").matcher(Files.readString(source));
            while (written.find()) {
                if (!tables.contains(written.group(1))) continue;
                var place = SOURCES.relativize(source);
                writers.computeIfAbsent(written.group(1), _ -> new TreeSet<>()).add(place.getName(0).toString());
                if (place.toString().contains("/web/")) fromTheWeb.add(place + " writes " + written.group(1));
            }
        }
        assertThat(writers).isNotEmpty().allSatisfy((table, modules) -> assertThat(modules).as(table).hasSize(1));
        assertThat(fromTheWeb).isEmpty();
    }

    private static List<Path> files(Path folder, String ending) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending)).toList();
        }
    }

    /** Classes of WAHA's package by type or by name, with whatever is nested in them. */
    private static DescribedPredicate<JavaClass> partOf(Object... parts) {
        var names = Stream.of(parts).map(part -> part instanceof Class<?> type ? type.getName()
                : Translator.class.getPackageName() + "." + part).toList();
        return describe("parts of the translation", type -> names.stream()
                .anyMatch(name -> type.getName().equals(name) || type.getName().startsWith(name + "$")));
    }

    /** Breaks the rules of aggregates. */
    static final class ForgetfulAggregate extends Aggregate<DomainEvent> {
        private final Instant at = Instant.now();
        private org.springframework.jdbc.core.simple.JdbcClient db;
    }

    /** A name that says nothing, and a field that is filled from outside. */
    static final class OrderManager {
        @Autowired
        private Object anything;
    }

    /** A controller for everybody, who shouts; abstract, or Spring would find it here. */
    @RestController
    public abstract static class LoudController {
        void shout() {
            System.out.println("here");
        }
    }
}
