package com.ventros.crm.accounts.web;

import com.ventros.crm.accounts.AccountView;
import com.ventros.crm.accounts.ChangeProject;
import com.ventros.crm.http.IfMatch;
import com.ventros.crm.http.Page;
import com.ventros.crm.http.Permission;
import com.ventros.crm.http.Requires;
import com.ventros.crm.kernel.ProjectId;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What holds for a whole project until something more special says otherwise. */
@RestController
@RequestMapping("/api/v1/projects")
class ProjectController {

    /** What to change; what is missing stays. */
    record Change(String name, String timeZone, String country, Integer sessionTimeoutMinutes) {}

    private final AccountView view;
    private final ChangeProject changeProject;

    ProjectController(AccountView view, ChangeProject changeProject) {
        this.view = view;
        this.changeProject = changeProject;
    }

    /** Lists the company's projects, the oldest first. */
    @Requires
    @GetMapping
    Page<AccountView.Project> list() {
        return Page.whole(view.projects());
    }

    /** Shows a project. */
    @Requires
    @GetMapping("/{id}")
    ResponseEntity<AccountView.Project> get(@PathVariable UUID id) {
        var project = view.projectOrOnly(Optional.of(id));
        return IfMatch.ok(project.version(), project);
    }

    /** Changes a project's name, time zone, country, or the silence that ends sessions on channels without one of their own. */
    @Requires(Permission.SETTINGS_WRITE)
    @PatchMapping("/{id}")
    ResponseEntity<AccountView.Project> change(@PathVariable UUID id, IfMatch seen, @RequestBody Change body) {
        changeProject.handle(new ChangeProject.Command(new ProjectId(id), Optional.ofNullable(body.name()), Optional.ofNullable(body.country()),
                Optional.ofNullable(body.timeZone()), Optional.ofNullable(body.sessionTimeoutMinutes())), seen::mustBe);
        return get(id);
    }
}
