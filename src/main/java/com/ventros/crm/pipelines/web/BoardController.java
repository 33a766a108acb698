package com.ventros.crm.pipelines.web;

import com.ventros.crm.http.Page;
import com.ventros.crm.http.Paging;
import com.ventros.crm.http.Permission;
import com.ventros.crm.http.Requires;
import com.ventros.crm.kernel.Refusal;
import com.ventros.crm.pipelines.BoardView;
import com.ventros.crm.pipelines.PipelineId;
import java.util.Optional;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Boards. {@code filter} asks for contacts, in the words of docs/reference/contacts-api.md. */
@RestController
@RequestMapping("/api/v1/pipelines/{id}")
class BoardController {

    private static final JsonMapper JSON = JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    private final BoardView view;

    BoardController(BoardView view) {
        this.view = view;
    }

    /** Shows a board. {@code limit} is that of the cards of each column; more of one are the other route's. */
    @Requires({Permission.PIPELINE_READ, Permission.CONTACT_READ})
    @GetMapping("/board")
    BoardView.Board board(@PathVariable UUID id, @RequestParam Optional<String> filter, Paging paging) {
        return view.board(new PipelineId(id), filter.map(BoardController::json), paging.limit());
    }

    /** Lists the cards of one column. */
    @Requires({Permission.PIPELINE_READ, Permission.CONTACT_READ})
    @GetMapping("/statuses/{statusId}/cards")
    Page<BoardView.Card> cards(@PathVariable UUID id, @PathVariable UUID statusId, @RequestParam Optional<String> filter,
            Paging paging) {
        return Page.of(view.column(new PipelineId(id), statusId, filter.map(BoardController::json), paging), paging,
                BoardView::position);
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JacksonException noJson) {
            throw Refusal.invalid("filter", "invalid", "A filter is JSON.");
        }
    }
}
