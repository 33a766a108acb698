package com.ventros.crm.tracking.web;

import com.ventros.crm.http.Open;
import com.ventros.crm.tracking.FollowLink;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Optional;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The addresses that stand on posters and below pictures. */
@RestController
class FollowLinkController {

    private final FollowLink follow;

    FollowLinkController(FollowLink follow) {
        this.follow = follow;
    }

    /** Leads whoever opens a tracking link to WhatsApp, and counts that; a browser that only looks ahead is not counted. */
    @Open
    @GetMapping("/t/{code}")
    ResponseEntity<Void> follow(@PathVariable String code, HttpServletRequest request) {
        var looksAhead = Optional.ofNullable(request.getHeader("Sec-Purpose")).filter(purpose -> purpose.contains("prefetch")).isPresent();
        var target = follow.handle(code, request.getRemoteAddr(), !looksAhead && "GET".equals(request.getMethod()));
        return ResponseEntity.status(HttpStatus.FOUND).location(URI.create(target)).cacheControl(CacheControl.noStore()).build();
    }
}
