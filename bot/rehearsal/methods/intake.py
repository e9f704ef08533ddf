"""How the bot takes updates in: getUpdates or a webhook, never both."""

from __future__ import annotations

from bot.rehearsal.methods.registry import method
from bot.rehearsal.wire import Json, Params
from bot.rehearsal.world import World


@method("getUpdates")
async def get_updates(world: World, params: Params) -> list[Json]:
    return await world.updates.get(params)


@method("setWebhook")
def set_webhook(world: World, params: Params) -> bool:
    if params.text("url"):
        world.webhook.set(params)
        return True
    return _remove(world, params)


@method("deleteWebhook")
def delete_webhook(world: World, params: Params) -> bool:
    return _remove(world, params)


def _remove(world: World, params: Params) -> bool:
    world.webhook.remove()
    if params.flag("drop_pending_updates"):
        world.updates.clear()
    return True


@method("getWebhookInfo")
def get_webhook_info(world: World, params: Params) -> Json:
    return world.webhook.info()
