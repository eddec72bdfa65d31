from _bentoml_sdk.validators import ContentType
from _bentoml_sdk.validators import DataframeSchema
from _bentoml_sdk.validators import DType
from _bentoml_sdk.validators import FileSchema
from _bentoml_sdk.validators import PILImageEncoder
from _bentoml_sdk.validators import Shape
from _bentoml_sdk.validators import TensorSchema

__all__ = [
    "ContentType",
    "DataframeSchema",
    "DType",
    "FileSchema",
    "PILImageEncoder",
    "Shape",
    "TensorSchema",
]
