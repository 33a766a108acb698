package com.ventros.crm.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.ventros.crm.Api;
import com.ventros.crm.DatabaseTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The committed document ({@code RouteTests} hold it to the program), and how it is shown. */
@DatabaseTest
class OpenApiTests {

    private static final Path DOCUMENT = Path.of("docs/reference/openapi.json");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @LocalServerPort
    int port;

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping mapping;

    @Test
    void theDocumentHasTheRoutesOfTheProgramAndNoOther() throws IOException {
        var documented = new TreeSet<String>();
        for (var path : document().path("paths").properties()) {
            path.getValue().propertyNames().forEach(method -> documented.add(method.toUpperCase() + " " + path.getKey()));
        }
        assertThat(documented).containsExactlyInAnyOrderElementsOf(Route.all(mapping).stream().map(Route::toString).toList());
    }

    @Test
    void everyRouteSaysWhatItDoesWhatItNeedsAndWhatItMayRefuse() throws IOException {
        for (var path : document().path("paths").properties()) {
            for (var operation : path.getValue().properties()) {
                var route = operation.getKey() + " " + path.getKey();
                var said = operation.getValue();
                assertThat(said.path("summary").asString("")).as(route).hasSizeBetween(10, 200).endsWith(".");
                if (!path.getKey().startsWith("/api/")) continue;
                assertThat(said.path("responses").propertyNames()).as(route).contains("400", "500", "503");
                if (!said.path("security").isEmpty()) {
                    assertThat(said.path("responses").propertyNames()).as(route).contains("401", "429");
                }
            }
        }
    }

    @Test
    void everyParameterOfAnAddressSaysWhatItIs() throws IOException {
        var unused = new TreeSet<>(Parameters.all());
        for (var path : document().path("paths").properties()) {
            for (var operation : path.getValue().properties()) {
                var route = operation.getKey().toUpperCase() + " " + path.getKey();
                for (var parameter : operation.getValue().path("parameters")) {
                    if (!parameter.path("in").asString().equals("query")) continue;
                    var name = parameter.path("name").asString();
                    assertThat(parameter.path("description").asString("")).as(route + " " + name).hasSizeGreaterThan(10).endsWith(".").doesNotContain("$");
                    if (!unused.remove(route + " " + name) && !Parameters.all().contains(route + " " + name)) unused.remove(name);
                }
            }
        }
        assertThat(unused).as("parameters.json speaks of what is not there").isEmpty();
        var sort = document().path("paths").path("/api/v1/contacts/search").path("get").path("parameters").valueStream()
                .filter(parameter -> parameter.path("name").asString().equals("sort")).findFirst().orElseThrow();
        assertThat(sort.path("description").asString()).contains("`-createdAt`, `createdAt`, `name`, `-name`");
    }

    @Test
    void everyProblemSaysInASentenceWhatIsWrong() throws IOException {
        for (var example : document().path("components").path("examples").properties()) {
            assertThat(example.getValue().path("value").path("detail").asString()).as(example.getKey()).matches("(?s).+ .+[.…]");
        }
    }

    @Test
    void everyAnswerIsShownAsTheDocumentDescribesIt() {
        var described = Contract.answers();
        assertThat(Answers.all().keySet()).as("A route has changed: `./mvnw test -Dtest='EveryRouteTests#everyExample*' -Ddocs.write=true`, or another test "
                + "that asks it, takes its answer into answers.json; what no route answers any more is deleted there by hand.")
                .isEqualTo(described.keySet());
        Answers.all().forEach((answer, shown) -> {
            assertThat(Contract.wrong(described.get(answer), shown)).as(answer).isEmpty();
            if (shown.path("items").isArray()) assertThat(shown.path("items")).as(answer).hasSize(1);
        });
    }

    @Test
    void anybodyMayReadTheDocument() {
        var answer = Api.anonymous(port).get("/api/v1/openapi.json");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).contains("application/json");
        assertThat(answer.json().path("openapi").asString()).isEqualTo("3.1.0");
        assertThat(answer.json().path("paths").path("/api/v1/contacts").propertyNames()).contains("get", "post");
    }

    @Test
    void thePageThatShowsItRunsNothingButOurOwn() {
        var visitor = Api.anonymous(port);
        assertThat(visitor.get("/api-docs").header("Location")).hasValueSatisfying(to -> assertThat(to).endsWith("/api-docs/index.html"));
        var page = visitor.get("/api-docs/index.html");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Security-Policy")).hasValueSatisfying(policy ->
                assertThat(policy).contains("script-src 'self';"));
        assertThat(page.text()).doesNotContain("http:").doesNotContain("https:").doesNotContain("<script>");
        for (var file : Map.of("start.js", "text/javascript", "swagger-ui-bundle.js", "text/javascript", "swagger-ui.css", "text/css").entrySet()) {
            assertThat(page.text() + "start.js").contains(file.getKey());
            var answer = visitor.get("/api-docs/" + file.getKey());
            assertThat(answer.status()).as(file.getKey()).isEqualTo(200);
            assertThat(answer.header("Content-Type")).hasValueSatisfying(type -> assertThat(type).startsWith(file.getValue()));
        }
    }

    private static JsonNode document() throws IOException {
        return JSON.readTree(Files.readString(DOCUMENT));
    }
}
