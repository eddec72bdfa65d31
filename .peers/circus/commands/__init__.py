from circus.commands import (   # NOQA
    addwatcher,
    decrproc,
    dstats,
    get,
    globaloptions,
    incrproc,
    ipythonshell,
    kill,
    list,
    listen,
    listsockets,
    numprocesses,
    numwatchers,
    options,
    quit,
    reload,
    reloadconfig,
    restart,
    rmwatcher,
    sendsignal,
    set,
    start,
    stats,
    status,
    stop
)

from circus.commands.base import get_commands, ok, error   # NOQA
