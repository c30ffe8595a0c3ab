"""Flask, with what every request pays for written shorter. What it guards and answers stays the same."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from flask import Flask, Request, Response
from werkzeug.datastructures import Headers, ImmutableMultiDict
from werkzeug.routing import MapAdapter
from werkzeug.sansio.http import parse_cookie
from werkzeug.urls import iri_to_uri
from werkzeug.utils import cached_property
from werkzeug.wrappers import Response as BaseResponse
from werkzeug.wsgi import get_host

from contest.web.sessions import CookieSessions

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

AS_THEY_STAND = frozenset({200, 303})
PLAIN = re.compile(r"[\w/?&=.-]*", re.ASCII)
"""An address in which nothing has to be written otherwise."""


class CookieRequest(Request):
    """A request that finds its cookies without going through all headers."""

    @cached_property
    def cookies(self) -> ImmutableMultiDict[str, str]:
        """What the browser sent."""
        return parse_cookie(self.environ.get("HTTP_COOKIE"), self.dict_storage_class)  # type: ignore[return-value]


class PlainResponse(Response):
    """A reply whose headers go out as they stand, if it is a page or sends to one: those have length and address."""

    def get_wsgi_headers(self, environ: "WSGIEnvironment") -> Headers:
        """The headers; of anything but a page, as Werkzeug puts them right."""
        return self.headers if self.status_code in AS_THEY_STAND else super().get_wsgi_headers(environ)


class Application(Flask):
    """No view of ours is a coroutine, so none is asked whether it is one."""

    request_class = CookieRequest
    response_class = PlainResponse

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.session_interface = CookieSessions()

    def create_url_adapter(self, request: Request | None) -> MapAdapter | None:
        """What finds the view of a request and writes addresses for it: the site answers under every name it has."""
        if request is None:
            return None
        request.host = get_host(request.environ)
        return self.url_map.bind(
            request.host,
            request.root_path,
            None,
            request.scheme,
            request.method,
            request.path,
            request.query_string.decode(errors="replace"),
        )

    def redirect(self, location: str, code: int = 302) -> BaseResponse:
        """Word that the browser shall go to `location`: it follows without showing anything, so no page goes along."""
        if not PLAIN.fullmatch(location):
            location = iri_to_uri(location)
        return self.response_class("", code, {"Location": location})

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """The function itself."""
        return func
