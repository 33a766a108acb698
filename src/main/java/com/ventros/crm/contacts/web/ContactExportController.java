package com.ventros.crm.contacts.web;

import com.ventros.crm.contacts.ExportContacts;
import com.ventros.crm.http.Permission;
import com.ventros.crm.http.Requires;
import com.ventros.crm.kernel.ProjectId;
import com.ventros.crm.kernel.Refusal;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Contacts as a CSV file that a spreadsheet opens and an import takes back. */
@RestController
class ContactExportController {

    private static final Map<String, Character> SEPARATORS = Map.of("comma", ',', "semicolon", ';', "tab", '\t');
    private static final JsonMapper JSON = JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    private final ExportContacts exportContacts;

    ContactExportController(ExportContacts exportContacts) {
        this.exportContacts = exportContacts;
    }

    /**
     * Gives out contacts as a CSV file: all, those of a list, or those that meet a filter, with the columns that are asked for.
     * A cell that a spreadsheet would take for a formula begins with an apostrophe, which an import leaves out again.
     */
    @Requires(Permission.CONTACT_EXPORT)
    @GetMapping(path = "/api/v1/contacts/export", produces = CsvAnswer.TYPE)
    void export(@RequestParam Optional<UUID> projectId, @RequestParam Optional<String> filter, @RequestParam Optional<UUID> listId,
            @RequestParam Optional<List<String>> columns, @RequestParam Optional<String> separator, HttpServletResponse response) throws IOException {
        var character = SEPARATORS.get(separator.orElse("comma"));
        if (character == null) throw Refusal.invalid("separator", "invalid", "A separator is comma, semicolon or tab.");
        var export = exportContacts.begin(new ExportContacts.Request(projectId.map(ProjectId::new), filter.map(ContactExportController::json),
                listId, columns.orElse(List.of())));
        try (var csv = CsvAnswer.begin(response, "contacts.csv", character)) {
            csv.write(export.columns());
            exportContacts.read(export, csv::write);
        }
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JacksonException noJson) {
            throw Refusal.invalid("filter", "invalid", "A filter is JSON.");
        }
    }
}
