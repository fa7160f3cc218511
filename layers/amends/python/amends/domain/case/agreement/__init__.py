"""Coming to terms: what is asked for, offered, appealed and agreed, and until when."""
