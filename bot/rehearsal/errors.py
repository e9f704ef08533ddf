"""The refusals of the Bot API, worded as Telegram words them."""

from __future__ import annotations

from bot.rehearsal.wire import Json


class ApiError(Exception):
    """An answer other than ok: HTTP status, description and, for 429, parameters."""

    def __init__(self, code: int, description: str, parameters: Json | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def as_json(self) -> Json:
        answer: Json = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            answer["parameters"] = self.parameters
        return answer


class DoorError(Exception):
    """A person (or the chat page) asked for something that cannot be done: 400 or 404."""

    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.status = status


def bad_request(reason: str) -> ApiError:
    """400. Like the real server, a sentence loses its capital and a CONSTANT_NAME keeps it."""
    second = reason[1:2]
    if not (second == "_" or ("A" <= second <= "Z")):
        reason = reason[:1].lower() + reason[1:]
    return ApiError(400, f"Bad Request: {reason}")


def forbidden(reason: str) -> ApiError:
    return ApiError(403, f"Forbidden: {reason}")


def too_many_requests(retry_after: int) -> ApiError:
    return ApiError(429, f"Too Many Requests: retry after {retry_after}", parameters={"retry_after": retry_after})


def migrated(chat_id: int) -> ApiError:
    return ApiError(
        400, "Bad Request: group chat was upgraded to a supergroup chat", parameters={"migrate_to_chat_id": chat_id}
    )


def conflict(reason: str) -> ApiError:
    return ApiError(409, f"Conflict: {reason}")
