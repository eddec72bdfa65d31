"""A small model of a service that is made of queues: how much it answers, and what holds it back.

`clients` ask one after another: each sends its next request when its last one is answered. A request visits every
station once. A station serves one request at a time, for `demand` seconds (exponentially distributed).

Source of the recursion: Reiser and Lavenberg, Mean-Value Analysis of Closed Multichain Queuing Networks, 1980.
"""

from collections.abc import Mapping, Sequence


def throughput(clients: int, demands: Sequence[float], think: float = 0.0) -> float:
    """Return the requests a second that `clients` get answered, by mean value analysis, which is exact here.

    demands: seconds of service of a request at each station. think: seconds that a client waits between two requests.
    Raises ValueError without clients or without any demand.
    """
    if clients < 1 or think + sum(demands) <= 0 or min(demands, default=0) < 0:
        raise ValueError(f"{clients} clients, {sum(demands)} s of service: give at least one, and some service")
    queues = [0.0] * len(demands)
    rate = 0.0
    for present in range(1, clients + 1):
        # Whoever arrives finds the queue that there would be without it.
        times = [demand * (1 + queue) for demand, queue in zip(demands, queues, strict=True)]
        rate = present / (think + sum(times))
        queues = [rate * time for time in times]
    return rate


def stations(costs: Mapping[str, float], replicas: int, cores: float | None, *, proxies: int = 1) -> dict[str, float]:
    """Return the demand at the busiest of each kind of station, in seconds.

    costs: CPU seconds that a request takes in the "proxy", in a "replica", and in all "other" processes.
    cores: what all of them share; None where each has a machine of its own.

    A proxy and a replica use one core at most. With `cores`, one more station stands for what they must share.
    """
    found = {"proxy": costs["proxy"] / proxies, "replicas": costs["replica"] / replicas}
    if cores is not None:
        found["shared cores"] = sum(costs.values()) / cores
    return found


def predict(
    clients: int, costs: Mapping[str, float], replicas: int, cores: float | None = None, *, proxies: int = 1
) -> float:
    """Return the requests a second of a service with so many replicas, for costs as `stations` takes them.

    Every replica, and every proxy, is a station of its own that sees its share of the requests. On shared cores, the
    cores are the one station: waiting for a core and waiting for a replica is the same wait, counted once, and the
    rate is bounded by what one proxy and the replicas can do with a core each.
    """
    found = stations(costs, replicas, cores, proxies=proxies)
    if cores is not None:
        # Seidmann's approximation of a station with several servers: a faster one, and a delay that nobody waits for.
        demand = found["shared cores"]
        return min(throughput(clients, [demand], demand * (cores - 1)), 1 / max(found["proxy"], found["replicas"]))
    return throughput(clients, [found["proxy"]] * proxies + [found["replicas"]] * replicas)


def saturation(costs: Mapping[str, float], *, proxies: int = 1) -> float:
    """Return how many replicas keep the proxies busy: more of them add nothing."""
    return proxies * costs["replica"] / costs["proxy"]
