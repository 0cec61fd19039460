package io.earlybird.spark.live;

import java.io.IOException;
import javax.servlet.Filter;
import javax.servlet.FilterChain;
import javax.servlet.FilterConfig;
import javax.servlet.ServletException;
import javax.servlet.ServletRequest;
import javax.servlet.ServletResponse;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletRequestWrapper;

/** Stands for the filter that authenticates users: believes what a header says. */
public final class UserByHeader implements Filter {
  /** Name of the header. */
  public static final String HEADER = "X-User";

  @Override
  public void init(FilterConfig configuration) {}

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    chain.doFilter(
        new HttpServletRequestWrapper((HttpServletRequest) request) {
          @Override
          public String getRemoteUser() {
            return getHeader(HEADER);
          }
        },
        response);
  }

  @Override
  public void destroy() {}
}
