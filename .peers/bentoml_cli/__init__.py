# DO NOT IMPORT ANYTHING HERE
# or it will break the entrypoint indenpendency because it will import eagerly
