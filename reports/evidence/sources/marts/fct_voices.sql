select * from fct_voices
