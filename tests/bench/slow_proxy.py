"""slow_proxy.py PORT TO MILLISECONDS: passes connections on to a port of this machine. What the
client says arrives at once, each answer after the delay; smtp-sink itself knows whole seconds."""
import asyncio
import sys

PORT, TO, DELAY = int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]) / 1000


class Side(asyncio.Protocol):
    """One end of a connection. `delay` is what its words wait before they reach the other end."""

    def __init__(self, delay, other=None):
        self.delay, self.other, self.transport, self.early = delay, other, None, []

    def connection_made(self, transport):
        self.transport = transport
        if self.other is None:
            asyncio.ensure_future(self.connect())

    async def connect(self):
        loop = asyncio.get_running_loop()
        _, self.other = await loop.create_connection(lambda: Side(DELAY, self), "127.0.0.1", TO)
        for data in self.early:
            self.other.transport.write(data)

    def data_received(self, data):
        if self.delay:
            asyncio.get_running_loop().call_later(self.delay, self.other.transport.write, data)
        elif self.other is None:
            self.early.append(data)
        else:
            self.other.transport.write(data)

    def connection_lost(self, _):
        if self.other is None or self.other.transport is None:
            return
        if self.delay:
            asyncio.get_running_loop().call_later(self.delay, self.other.transport.close)
        else:
            self.other.transport.close()


async def main():
    server = await asyncio.get_running_loop().create_server(lambda: Side(0), "127.0.0.1", PORT)
    await server.serve_forever()


asyncio.run(main())
