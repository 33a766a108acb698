package com.ventros.crm.http;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.boot.webmvc.autoconfigure.WebMvcRegistrations;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.Resource;
import org.springframework.format.FormatterRegistry;
import org.springframework.http.CacheControl;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.servlet.resource.PathResourceResolver;

/** The web app's files, the page that shows the API, and what every controller is given and has to pass. */
@Configuration(proxyBeanMethods = false)
class WebApp implements WebMvcConfigurer, WebMvcRegistrations {

    /** The pattern of the web app's files: what nobody else answers to. */
    static final String EVERY_PATH = "/**";

    private static final String FILES = "classpath:/static/";
    /** Our page, and Swagger UI, which draws the API in it. */
    private static final String API_DOCS = "classpath:/api-docs/";
    private static final String SWAGGER_UI = "classpath:/META-INF/resources/webjars/swagger-ui/5.34.1/";
    /** File names under assets/ carry a hash of their content, so what a browser has is right for ever. */
    private static final CacheControl FOR_EVER = CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable();
    /** Paths of programs, not of people: an unknown one is not there, rather than a screen of the web app. */
    private static final List<String> NO_SCREENS = List.of("api/", "webhooks/", "actuator/", "v3/");

    @Override
    public RequestMappingHandlerMapping getRequestMappingHandlerMapping() {
        return new WrittenPaths();
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new PermissionCheck()).addPathPatterns("/api/**");
    }

    @Override
    public void addFormatters(FormatterRegistry registry) {
        registry.addConverter(String.class, Instant.class, Moments::ofParameter);
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.addAll(Arguments.all());
    }

    @Override
    public void addViewControllers(ViewControllerRegistry registry) {
        registry.addRedirectViewController("/api-docs", "/api-docs/index.html");
        registry.addRedirectViewController("/api-docs/", "/api-docs/index.html");
    }

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        registry.addResourceHandler("/api-docs/**").addResourceLocations(API_DOCS, SWAGGER_UI).setCacheControl(CacheControl.noCache());
        registry.addResourceHandler("/assets/**").addResourceLocations(FILES + "assets/").setCacheControl(FOR_EVER);
        registry.addResourceHandler(EVERY_PATH).addResourceLocations(FILES).setCacheControl(CacheControl.noCache())
                .resourceChain(true).addResolver(new Screens());
    }

    /** The web app draws its screens itself, so each of their addresses is its one page. */
    static final class Screens extends PathResourceResolver {
        @Override
        protected Resource getResource(String path, Resource location) throws IOException {
            var file = path.isEmpty() ? null : super.getResource(path, location);
            if (file != null) return file;
            return path.contains(".") || NO_SCREENS.stream().anyMatch((path + "/")::startsWith) ? null
                    : super.getResource("index.html", location);
        }
    }
}
